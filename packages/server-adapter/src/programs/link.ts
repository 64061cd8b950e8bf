/**
 * The address a participant shares: on the host's own domain through `/r/{code}`, which records the click and sets a
 * first-party cookie; where the API's address is not known, the landing page with the code as a parameter.
 */
export function referralLink(
  program: { landing_url: string; url_parameters: string[] },
  code: string,
  publicUrl: string | null,
): string {
  if (publicUrl !== null) return `${publicUrl}/r/${code}`;
  const url = new URL(program.landing_url);
  url.searchParams.set(program.url_parameters[0] ?? 'ref', code);
  return url.href;
}
