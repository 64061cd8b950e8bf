import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';

const Health = z.object({ status: z.enum(['ok']) });

export const operations = {
  livez: {
    summary: 'Whether the process answers at all.',
    access: ['public'],
    limit: 'none',
    response: Health,
    problems: [],
  },
  readyz: {
    summary: 'Whether this node has started: the database answers, and its schema is the one this version needs.',
    access: ['public'],
    limit: 'none',
    response: Health,
    problems: ['unavailable'],
  },
  metrics: {
    summary: 'Metrics in the Prometheus text format.',
    access: ['secret'],
    limit: 'none',
    contentType: 'text/plain',
    problems: [],
  },
  openapi: {
    summary: 'This API as OpenAPI 3.1.',
    access: ['public'],
    limit: 'none',
    response: z.record(z.string(), z.unknown()),
    problems: [],
  },
} as const satisfies Operations<Routes['operations']>;
