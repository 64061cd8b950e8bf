import type { TestLaurel } from '../src/testing.ts';
import { ask } from './support.ts';

/** A browser that follows referral links and keeps its cookies. */
export function browser(laurel: TestLaurel, userAgent?: string) {
  const jar = new Map<string, string>();
  return {
    jar,
    /** The `Cookie` header it sends. */
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    /** Opens `/r/{path}`; answers where it was sent and the cookies it was given. */
    async follow(path: string, method = 'GET') {
      const answer = await ask(laurel, method, `/r/${path}`, {
        headers: { cookie: this.cookie, ...(userAgent && { 'user-agent': userAgent }) },
      });
      const cookies = answer.headers.getSetCookie();
      for (const line of cookies) {
        const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
        jar.set(name, value);
      }
      const location = answer.headers.get('location');
      return { ...answer, location: location ? new URL(location) : null, cookies };
    },
  };
}
