import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createDurations } from './durations.ts';

const observed = fc.record({
  route: fc.constantFrom('/livez', '/contests/{contest}', 'none'),
  method: fc.constantFrom('GET', 'POST', '_OTHER'),
  status: fc.constantFrom(200, 404, 503),
  seconds: fc.oneof(
    fc.constantFrom(0, 0.005, 0.01, 0.25, 5, 5.000_001),
    fc.double({ min: 0, max: 10, noNaN: true, noDefaultInfinity: true }),
  ),
});

it('print what the histogram of prom-client prints', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(observed, { maxLength: 40 }), async (list) => {
      const durations = createDurations();
      const registry = new Registry();
      const histogram = new Histogram({
        name: 'http_server_request_duration_seconds',
        help: 'Time to answer, by route template.',
        labelNames: ['http_route', 'http_request_method', 'http_response_status_code'],
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        registers: [registry],
      });
      for (const { route, method, status, seconds } of list) {
        durations.observe(route, method, status, seconds);
        const labels = { http_route: route, http_request_method: method, http_response_status_code: status };
        histogram.observe(labels, seconds);
      }
      const lines = (text: string) => text.trim().split('\n').sort();
      expect(lines(durations.print())).toEqual(lines(await registry.metrics()));
    }),
  );
});
