import type { Request } from 'express';

/** The fields of a sent form, none of which is to be believed yet. */
export const formOf = (request: Request): Record<string, unknown> => request.body ?? {};
