/** Where the bytes of an open stream go: a Node response, or the body of a Fetch `Response`. */
export interface Sink {
  /** Hands over bytes that may be shared with other readers; nobody may change them afterwards. */
  write(bytes: Uint8Array): void;
  /** Bytes handed over that the reader has not taken yet. */
  waiting(): number;
  /** Ends the stream once all of it has left. */
  end(): void;
  /** Ends the stream at once; what waits is lost. */
  drop(): void;
}

/** Opens a sink; `onClosed` is called once, whoever ended it. */
export type Connect = (onClosed: () => void) => Sink;
