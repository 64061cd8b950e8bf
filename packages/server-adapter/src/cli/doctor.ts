import type { KeyInfo } from '../access/keys.ts';
import { assertStrongSecret } from '../access/secrets.ts';
import { cookieDomainFor } from '../attribution/click-cookie.ts';
import { quoteSchema } from '../db/database.ts';
import { pendingMigrations } from '../db/migrate.ts';
import type { Storage } from '../db/storage.ts';
import { openStorage } from '../open.ts';
import { settle } from '../options.ts';
import { type Failing, readFailing } from '../settlement/set-aside.ts';
import { type Command, readWords, storageFlags, storageOptions, withLaurel } from './command.ts';

/** One thing looked at: fine, or what is wrong and how to mend it. */
export interface Finding {
  subject: string;
  ok: boolean;
  says: string;
}

const oldestPostgres = 140_000;
const mostSkewSeconds = 30;

/** Judges the secret in the environment. */
export function judgeSecret(secret: string | undefined): Finding {
  try {
    assertStrongSecret(secret);
    return { subject: 'secret', ok: true, says: 'LAUREL_SECRET is long and varied.' };
  } catch (error) {
    return { subject: 'secret', ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

/** Judges how far the database's clock and this machine's are apart. */
export function judgeClock(databaseNow: Date, localNow: Date): Finding {
  const seconds = Math.round(Math.abs(databaseNow.getTime() - localNow.getTime()) / 1000);
  const ok = seconds <= mostSkewSeconds;
  return {
    subject: 'clock',
    ok,
    says: ok
      ? 'The database and this machine agree on the time.'
      : `The database's clock is ${seconds} s away from this machine's. Deadlines follow the database: set it by NTP.`,
  };
}

/** Judges the origins of publishable keys. */
export function judgeOrigins(keys: readonly KeyInfo[]): Finding {
  const inUse = keys.filter((key) => key.kind === 'publishable' && !key.revokedAt);
  const plain = inUse
    .flatMap(({ origins }) => origins)
    .filter((origin) => origin.startsWith('http:') && !/^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(origin));
  if (inUse.length === 0) {
    return {
      subject: 'origins',
      ok: true,
      says: 'No publishable keys in the database: only keys from the configuration work.',
    };
  }
  if (plain.length > 0) {
    return {
      subject: 'origins',
      ok: false,
      says: `${plain.join(', ')} is not encrypted: register its https:// address instead.`,
    };
  }
  return { subject: 'origins', ok: true, says: `${inUse.length} publishable keys, all origins encrypted or local.` };
}

/** Judges for which domains programmes set cookies: a landing page outside of the domain never gets them. */
export function judgeCookies(programs: readonly { slug: string; landingUrl: string; cookieDomain: string }[]): Finding {
  const outside = programs.filter(({ landingUrl, cookieDomain }) => cookieDomainFor(cookieDomain, landingUrl) === null);
  return {
    subject: 'cookies',
    ok: outside.length === 0,
    says:
      outside.length === 0
        ? `${programs.length} programmes share cookies across subdomains, each with its landing page.`
        : outside
            .map(({ slug, landingUrl, cookieDomain }) => {
              return `"${slug}" sets cookies for ${cookieDomain}, and lands on ${new URL(landingUrl).hostname}, which does not get them. Set cookieDomain to a domain above both the API and the page, or to null.`;
            })
            .join(' '),
  };
}

/** Judges whether all referrals could be settled. */
export function judgeSettlement({ referrals, since, error }: Failing): Finding {
  return {
    subject: 'settlement',
    ok: referrals === 0,
    says:
      referrals === 0
        ? 'Every referral could be settled.'
        : `${referrals} referrals cannot be settled, the first since ${since?.toISOString()}: ${error}. Mend what the error says; they are tried again by themselves within the hour. Table: settlement_failure.`,
  };
}

async function judgeDatabase(storage: Storage, schema: string): Promise<Finding[]> {
  const [row] = await storage.query<{ version: string; now: Date }>(
    `select current_setting('server_version_num') as version, clock_timestamp() as now`,
  );
  const version = Number(row?.version);
  const pending = await pendingMigrations(storage, schema);
  return [
    {
      subject: 'database',
      ok: version >= oldestPostgres,
      says: `${storage.kind === 'pglite' ? 'Embedded PostgreSQL' : 'PostgreSQL'} ${Math.floor(version / 10_000)}${version < oldestPostgres ? ': upgrade to 14 or later.' : ' answers.'}${storage.kind === 'pglite' ? ' It survives a crash of the process, not a power cut: use PostgreSQL for prizes.' : ''}`,
    },
    {
      subject: 'migrations',
      ok: pending.length === 0,
      says: pending.length === 0 ? 'The schema is up to date.' : `${pending.length} are pending: run laurel migrate.`,
    },
    judgeClock(row?.now ?? new Date(0), new Date()),
  ];
}

const isMigrated = (findings: readonly Finding[]) =>
  findings.find(({ subject }) => subject === 'migrations')?.ok === true;

const programsWithCookies = (storage: Storage, schema: string) =>
  storage.query<{ slug: string; landingUrl: string; cookieDomain: string }>(
    `select slug, landing_url as "landingUrl", cookie_domain as "cookieDomain" from ${quoteSchema(schema)}.program
     where cookie_domain is not null and archived_at is null order by slug`,
  );

export const doctor: Command = {
  usage: 'laurel doctor',
  summary: 'check database, migrations, clock, origins, cookies, settlement and secret, and say how to mend each',
  run: async (words, { print }) => {
    const { values } = readWords(words, storageFlags);
    const options = storageOptions(values);
    const findings = [judgeSecret(process.env.LAUREL_SECRET)];
    try {
      const settings = settle({ secret: 'not used here 0123456789 abcdefghij', ...options });
      const storage = await openStorage(settings);
      try {
        findings.push(...(await judgeDatabase(storage, settings.schema)));
        if (isMigrated(findings)) {
          findings.push(judgeCookies(await programsWithCookies(storage, settings.schema)));
          findings.push(judgeSettlement(await readFailing(storage, settings.schema)));
        }
      } finally {
        await storage.close();
      }
      if (isMigrated(findings)) {
        findings.push(judgeOrigins(await withLaurel(options, (laurel) => laurel.keys.list())));
      }
    } catch (error) {
      const says = `${error instanceof Error ? error.message || error.name : error}. Check DATABASE_URL or --database.`;
      findings.push({ subject: 'database', ok: false, says });
    }
    for (const { subject, ok, says } of findings) print(`${ok ? 'ok  ' : 'MEND'}  ${subject.padEnd(10)}  ${says}`);
    return findings.every(({ ok }) => ok) ? 0 : 1;
  },
};
