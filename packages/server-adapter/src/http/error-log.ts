/**
 * What may be logged of an error. PostgreSQL's `detail` quotes rows, so it stays out; a data exception (SQLSTATE class 22)
 * quotes the value in its very message, so its words stay out too.
 */
export function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? String(error.code) : undefined;
  const quotesValue = code !== undefined && /^22[0-9A-Z]{3}$/.test(code);
  if (!quotesValue) return { type: error.name, message: error.message, code, stack: error.stack };
  const message = 'a value does not fit (not shown)';
  return { type: error.name, message, code, stack: error.stack?.replace(error.message, message) };
}
