import * as z from 'zod/mini';
import { type EventName, events } from './events.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { httpUrl, id, instant, instantInput, list, page, text } from './shapes.ts';

const eventNames = Object.keys(events) as [EventName, ...EventName[]];

/** `pending`: to be sent, now or later; `failed`: given up after the last try, until it is replayed. */
export const webhookDeliveryStates = ['pending', 'delivered', 'failed'] as const;

/** `*` for every event, or some of them. */
const filter = z.array(z.enum(['*', ...eventNames])).check(
  z.minLength(1),
  z.maxLength(100),
  z.refine((names) => new Set(names).size === names.length, 'must not name an event twice'),
);

/** Where events are sent to, by Standard Webhooks. */
export const WebhookEndpoint = z.object({
  id,
  url: z.string(),
  description: z.nullable(z.string()),
  events: z.array(z.string()),
  state: z.enum(['enabled', 'disabled']),
  /** `host`: you did it; `gone`: it answered 410; `failing`: nothing was delivered for five days. */
  disabledReason: z.nullable(z.enum(['host', 'gone', 'failing'])),
  /** Since when every try has failed. */
  failingSince: z.nullable(instant),
  createdAt: instant,
  updatedAt: instant,
});

/** An endpoint and its signing secret, which is shown this once. */
const WithSecret = z.extend(WebhookEndpoint, { secret: z.string() });

/** One try and what came back. */
export const WebhookAttempt = z.object({
  /** HTTP status; `null` when there was no answer. */
  status: z.nullable(z.int()),
  durationMs: z.int(),
  /** Why it failed, in words. */
  error: z.nullable(z.string()),
  /** The beginning of the answer's body. */
  response: z.nullable(z.string()),
  at: instant,
});

/** One event on its way to one endpoint. */
export const WebhookDelivery = z.object({
  /** Also the `webhook-id`: the same at every try. */
  id,
  endpoint: id,
  event: z.string(),
  /** When the event happened. */
  eventAt: instant,
  state: z.enum(webhookDeliveryStates),
  /** When it is tried next; `null` when it is not. */
  nextTryAt: z.nullable(instant),
  /** The latest twenty tries, oldest first. */
  attempts: z.array(WebhookAttempt),
  createdAt: instant,
});

const fields = {
  url: httpUrl,
  description: z.nullable(text(200)),
};

const params = z.strictObject({ endpoint: id });
const deliveryParams = z.strictObject({ delivery: id });

export const webhooks = {
  create: {
    summary: 'Register an address that events are sent to. The answer shows the signing secret, this once.',
    access: ['secret'],
    limit: 'write',
    body: z.strictObject({
      url: fields.url,
      description: z._default(fields.description, null),
      events: z._default(filter, ['*']),
    }),
    status: 201,
    response: WithSecret,
    keyed: false,
    problems: ['webhook_url_taken', 'webhook_url_not_allowed'],
  },
  list: {
    summary: 'List webhook endpoints, newest first.',
    access: ['secret'],
    limit: 'read',
    query: z.strictObject(page),
    response: list(WebhookEndpoint),
    problems: ['invalid_cursor'],
  },
  get: {
    summary: 'Read a webhook endpoint.',
    access: ['secret'],
    limit: 'read',
    params,
    response: WebhookEndpoint,
    problems: ['webhook_endpoint_not_found'],
  },
  update: {
    summary: 'Change the fields given. Enabling an endpoint sends it what waited, and events from then on.',
    access: ['secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      url: z.optional(fields.url),
      description: z.optional(fields.description),
      events: z.optional(filter),
      enabled: z.optional(z.boolean()),
    }),
    response: WebhookEndpoint,
    problems: ['webhook_endpoint_not_found', 'webhook_url_taken', 'webhook_url_not_allowed'],
  },
  delete: {
    summary: 'Remove a webhook endpoint. Nothing more is sent to it.',
    access: ['secret'],
    limit: 'write',
    params,
    response: WebhookEndpoint,
    problems: ['webhook_endpoint_not_found'],
  },
  rotateSecret: {
    summary: 'Give an endpoint a new signing secret, shown this once. The old one signs beside it for `keepHours`.',
    access: ['secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      keepHours: z._default(z.int().check(z.minimum(0), z.maximum(168)), 24),
    }),
    response: WithSecret,
    keyed: false,
    problems: ['webhook_endpoint_not_found'],
  },
  test: {
    summary: 'Send a `laurel.test` to an endpoint now, whatever its state, and answer what came back.',
    access: ['secret'],
    limit: 'write',
    params,
    response: z.extend(WebhookAttempt, { delivered: z.boolean() }),
    problems: ['webhook_endpoint_not_found'],
  },
  replayAll: {
    summary:
      'Send again what failed, or everything its filter wants (`all`), of events since an instant; at most 10,000 a call.',
    access: ['secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      since: z.optional(instantInput),
      cursor: page.cursor,
      only: z._default(z.enum(['failed', 'all']), 'failed'),
    }),
    response: z.object({
      replayed: z.int(),
      /** Where the next call goes on; `null` when this was all. */
      nextCursor: z.nullable(z.string()),
    }),
    problems: ['webhook_endpoint_not_found', 'invalid_cursor'],
  },
  deliveries: {
    summary: 'The delivery log, newest first.',
    access: ['secret'],
    limit: 'read',
    query: z.strictObject({
      ...page,
      endpoint: z.optional(id),
      state: z.optional(z.enum(webhookDeliveryStates)),
      event: z.optional(z.enum(eventNames)),
    }),
    response: list(WebhookDelivery),
    problems: ['invalid_cursor'],
  },
  delivery: {
    summary: 'Read a delivery.',
    access: ['secret'],
    limit: 'read',
    params: deliveryParams,
    response: WebhookDelivery,
    problems: ['webhook_delivery_not_found'],
  },
  replay: {
    summary: 'Send a delivery again, with all its tries anew. One that is still pending is tried at once.',
    access: ['secret'],
    limit: 'write',
    params: deliveryParams,
    response: WebhookDelivery,
    problems: ['webhook_delivery_not_found'],
  },
} as const satisfies Operations<Routes['webhooks']>;
