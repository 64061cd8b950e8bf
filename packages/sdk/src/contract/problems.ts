/**
 * Every problem the API answers with: stable `code` → HTTP status and title (RFC 9457).
 *
 * The `type` of a problem is `urn:laurel:problem:<code>`. Codes are never renamed or reused.
 */
export const problems = {
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_cursor: { status: 400, title: 'The cursor is not one this list gave out' },
  idempotency_key_invalid: { status: 400, title: 'The Idempotency-Key header is not usable' },
  unauthenticated: { status: 401, title: 'A valid credential is needed' },
  token_invalid: { status: 401, title: 'The participant token is not valid' },
  forbidden: { status: 403, title: 'This credential may not do this' },
  origin_not_allowed: { status: 403, title: 'This origin is not registered for the key' },
  route_not_found: { status: 404, title: 'No such endpoint' },
  participant_not_found: { status: 404, title: 'No such participant' },
  program_not_found: { status: 404, title: 'No such programme' },
  contest_not_found: { status: 404, title: 'No such contest' },
  conversion_not_found: { status: 404, title: 'No such conversion' },
  code_not_found: { status: 404, title: 'No such referral code' },
  click_not_found: { status: 404, title: 'No such click' },
  webhook_endpoint_not_found: { status: 404, title: 'No such webhook endpoint' },
  webhook_delivery_not_found: { status: 404, title: 'No such webhook delivery' },
  method_not_allowed: { status: 405, title: 'The endpoint does not take this method' },
  slug_taken: { status: 409, title: 'The slug is already in use' },
  webhook_url_taken: { status: 409, title: 'Another webhook endpoint has this address' },
  already_referred: { status: 409, title: 'The participant already has a referrer in this programme' },
  contest_not_live: { status: 409, title: 'The contest is not running' },
  contest_closed: { status: 409, title: 'The contest no longer takes changes' },
  contest_state_conflict: { status: 409, title: 'The contest cannot move to this state' },
  program_archived: { status: 409, title: 'The programme is archived' },
  idempotency_in_flight: { status: 409, title: 'A request with this Idempotency-Key is still running' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be application/json' },
  validation_failed: { status: 422, title: 'The request does not match the contract' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key was used with another body' },
  self_referral: { status: 422, title: 'A participant cannot refer themself' },
  attribution_missing: { status: 422, title: 'Nothing says who referred this participant' },
  attribution_window_expired: { status: 422, title: 'The click is older than the attribution window' },
  landing_not_allowed: { status: 422, title: 'The landing address is not on the allow-list' },
  webhook_url_not_allowed: { status: 422, title: 'Webhooks may not be sent to this address' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something failed on the server' },
  overloaded: { status: 503, title: 'The server is busy' },
  unavailable: { status: 503, title: 'The server is not ready' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
