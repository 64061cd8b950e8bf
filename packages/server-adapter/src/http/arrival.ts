/** A request as the core sees it, whatever carried it: plain values, and the rest made only when it is asked for. */
export interface Arrival {
  readonly method: string;
  /** Percent-encoded as it came, dot segments resolved (WHATWG URL). */
  readonly path: string;
  /** The query with its `?`; empty without one. */
  readonly search: string;
  /** The peer's address. */
  readonly remoteAddress: string | undefined;
  /** Where the host mounted Laurel, when it differs from the option. */
  readonly basePath: string | undefined;
  /** A header by its name in small letters; fields of one name are joined as the Fetch standard does. */
  header(name: string): string | null;
  /** The origin that was asked, such as `https://shop.example`. */
  origin(): string;
  /**
   * The bytes of the body, or `null` when there are more than `limit`.
   * @throws LaurelProblem malformed_json when the caller left half-way
   */
  body(limit: number): Promise<Uint8Array | null>;
  /**
   * The same, exactly as they were sent.
   * @throws LaurelProblem raw_body_missing when a parser of the host's took them apart, malformed_json
   */
  rawBody(limit: number): Promise<Uint8Array | null>;
  /** The same as a Fetch `Request`, for the host's `identify`. Its body is not for reading. */
  request(): Request;
}

/** What a mount knows of a request that the request itself does not say. */
export interface RequestInfo {
  /** The peer's address. */
  remoteAddress?: string;
  /** Where the host mounted Laurel, when it differs from the option. */
  basePath?: string;
}
