const shapes: Record<string, RegExp> = {
  ref: /^[A-Za-z0-9_-]{3,40}$/,
  rid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/**
 * How a visitor came: the code (`ref`) and click (`rid`) that a referral link leaves in the address. They travel on in
 * the sign-up form, for visitors who take no cookies.
 */
export function originOf(given: Record<string, unknown> | undefined): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const value = given?.[name];
    if (typeof value === 'string' && shape.test(value)) found[name] = value;
  }
  return found;
}
