import type { RequestHandler } from 'express';

const policy = [
  "default-src 'self'",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** A strict Content-Security-Policy: no inline script or style, no markup from strings. The widget lives under it. */
export const strictHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': policy,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  next();
};

/** Refuses forms that another site sent with our visitor's cookie (on top of `SameSite=Lax`). */
export const ownFormsOnly: RequestHandler = (request, response, next) => {
  const site = request.get('sec-fetch-site');
  if (request.method !== 'POST' || site === undefined || site === 'same-origin') return next();
  response.status(403).type('text').send('This form was sent from another site.');
};
