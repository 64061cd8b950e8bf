/** What we use of autocannon 9, which brings no types. */
declare module 'autocannon' {
  /** One request of the sequence that each connection sends again and again. */
  export interface Request {
    method?: 'GET' | 'POST';
    path?: string;
    headers?: Record<string, string>;
    body?: string;
    setupRequest?(request: Request): Request;
  }

  export interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    requests: Request[];
    /** Requests a second of all connections together; latencies are then corrected for coordinated omission. */
    overallRate?: number;
  }

  export interface Outcome {
    /** Seconds it really took. */
    duration: number;
    '2xx': number;
    non2xx: number;
    errors: number;
    /** Milliseconds. */
    latency: { p50: number; p99: number; max: number };
  }

  export default function autocannon(options: Options): Promise<Outcome>;
}
