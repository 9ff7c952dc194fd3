import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type RequestLabels = {
  readonly method: string;
  /** The pattern, never the address: addresses carry ids. */
  readonly route: string;
  readonly status: number;
};

export type HttpMetrics = {
  readonly registry: Registry;
  observe(labels: RequestLabels, seconds: number): void;
  /** A counter by name, made at first use: `count('hufu_logins_total', { outcome: 'ok' })`. */
  count(name: string, labels?: Readonly<Record<string, string>>): void;
  /** A value that is read when the metrics are asked for. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
};

const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/** A registry of its own for every server, so that two in one process (tests) do not share numbers. */
export function createMetrics(): HttpMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'hufu_http_request_seconds',
    help: 'Time to answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const counters = new Map<string, Counter>();
  return {
    registry,
    observe: ({ method, route, status }, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    count(name, labels = {}) {
      let counter = counters.get(name);
      if (!counter) {
        counter = new Counter({ name, help: name, labelNames: Object.keys(labels), registers: [registry] });
        counters.set(name, counter);
      }
      counter.inc(labels);
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          this.set(await read());
        },
      });
    },
  };
}
