/** The client of the HTTP bench, in a process of its own: one run of autocannon for each question. */
import autocannon, { type Outcome, type Request } from 'autocannon';
import { answering } from './answering.ts';

/** One run of load. */
export interface Load {
  url: string;
  connections: number;
  /** Seconds. */
  duration: number;
  /** Requests a second; as many as go when absent. */
  rate?: number;
  requests: Request[];
}

let sent = 0;

answering(async ({ rate, requests, ...load }: Load): Promise<Outcome> => {
  const run = `${process.pid}-${Date.now()}`;
  const outcome = await autocannon({
    ...load,
    ...(rate !== undefined && { overallRate: rate }),
    // A body with `{key}` in it is a new one each time.
    requests: requests.map((request) =>
      request.body?.includes('{key}')
        ? {
            ...request,
            setupRequest: (given: Request) => ({
              ...given,
              body: request.body?.replace('{key}', `${run}-${sent++}`) ?? '',
            }),
          }
        : request,
    ),
  });
  const { duration, non2xx, errors, latency } = outcome;
  return { duration, '2xx': outcome['2xx'], non2xx, errors, latency };
});
