/** How the load is to be offered from now on. */
export interface LoadCommand {
  ports: number[];
  connections: number;
  /** Conversions a second. */
  rate: number;
  /** Whether a refused conversion is offered again. */
  again: boolean;
}

/** What became of the load within a second. */
export interface LoadReport {
  offered: number;
  acknowledged: number;
  /** 503 or 429. */
  refused: number;
  /** Connections that broke under a request; it is sent again. */
  lost: number;
  /** Any other status. */
  unexpected: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Begun and not yet answered. */
  outstanding: number;
  /** Load that no connection was free to carry, when refusals are not offered again. */
  missed: number;
}
