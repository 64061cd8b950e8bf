/** How long requests took, counted in plain numbers and told to Prometheus when it asks. */
export interface Durations {
  observe(route: string, method: string, status: number, seconds: number): void;
  /** The Prometheus text format of the histogram. */
  print(): string;
}

const name = 'http_server_request_duration_seconds';
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Series {
  labels: string;
  /** How many fell under each bound and above the one before it; the last are those above all. */
  counts: number[];
  sum: number;
}

const newSeries = (route: string, method: string, status: number): Series => ({
  labels: `http_route="${route}",http_request_method="${method}",http_response_status_code="${status}"`,
  counts: [...bounds.map(() => 0), 0],
  sum: 0,
});

function printSeries({ labels, counts, sum }: Series): string[] {
  let under = 0;
  const buckets = counts.map((count, index) => {
    under += count;
    return `${name}_bucket{le="${bounds[index] ?? '+Inf'}",${labels}} ${under}`;
  });
  return [...buckets, `${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${under}`];
}

/**
 * Makes the histogram. prom-client's own makes text of the labels at every observation, which costs as much as
 * authenticating the request. Routes and methods must be our own words: they are not escaped.
 */
export function createDurations(): Durations {
  const routes = new Map<string, Map<string, Map<number, Series>>>();

  const add = (route: string, method: string, status: number): Series => {
    const methods = routes.get(route) ?? new Map<string, Map<number, Series>>();
    const statuses = methods.get(method) ?? new Map<number, Series>();
    const series = newSeries(route, method, status);
    routes.set(route, methods.set(method, statuses.set(status, series)));
    return series;
  };

  return {
    observe: (route, method, status, seconds) => {
      const series = routes.get(route)?.get(method)?.get(status) ?? add(route, method, status);
      let bucket = 0;
      while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1;
      series.counts[bucket] = (series.counts[bucket] as number) + 1;
      series.sum += seconds;
    },
    print: () => {
      const all = [...routes.values()].flatMap((methods) =>
        [...methods.values()].flatMap((each) => [...each.values()]),
      );
      const head = [`# HELP ${name} Time to answer, by route template.`, `# TYPE ${name} histogram`];
      return [...head, ...all.flatMap(printSeries)].join('\n');
    },
  };
}
