// SPDX-License-Identifier: Apache-2.0
// Figures for Prometheus: requests by route and status, their time, facts by outcome, open streams, and the process
// itself. Routes are named by their pattern, so that no id becomes a label.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  observe(
    request: { readonly method: string; readonly route: string; readonly status: number },
    seconds: number,
  ): void;
  countFacts(outcome: string, count: number): void;
  streamOpened(): void;
  streamClosed(): void;
}

export function newMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const duration = new Histogram({
    name: 'rapport_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const facts = new Counter({
    name: 'rapport_facts_total',
    help: 'Facts received, by what became of them',
    labelNames: ['outcome'] as const,
    registers,
  });
  const streams = new Gauge({ name: 'rapport_streams', help: 'Open streams of postings', registers });
  return {
    registry,
    observe: ({ method, route, status }, seconds) =>
      duration.observe({ method, route, status: `${status}` }, seconds),
    countFacts: (outcome, count) => facts.inc({ outcome }, count),
    streamOpened: () => streams.inc(),
    streamClosed: () => streams.dec(),
  };
}
