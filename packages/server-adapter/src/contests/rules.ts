import type { Handlers } from '../handlers.ts';
import { visibleContest } from '../http/subject.ts';
import { readablePageHeaders } from '../readable-page.ts';
import { rulesPage } from './rules-page.ts';
import { readRules } from './rules-versions.ts';

/** The official rules, as data and as a page. */
export const contestRules: Pick<Handlers<'contests'>, 'rules' | 'rulesPage'> = {
  rules: async ({ contest: reference, version }, context) => {
    const contest = await visibleContest(reference, context);
    const { document, createdAt, ...rules } = await readRules(context.database, contest, version);
    return {
      contest: contest.slug,
      versions: contest.rules_version,
      ...rules,
      ...document,
      createdAt: createdAt.toISOString(),
    };
  },

  rulesPage: async ({ contest: reference, version }, context) => {
    const contest = await visibleContest(reference, context);
    const rules = await readRules(context.database, contest, version);
    return new Response(rulesPage(rules, contest.rules_version, contest.time_zone), { headers: readablePageHeaders });
  },
};
