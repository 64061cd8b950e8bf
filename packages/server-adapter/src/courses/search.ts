import type { Curriculum } from '../curriculum/curriculum.ts';
import { isVisible } from '../curriculum/visible.ts';
import type { Database } from '../db/database.ts';
import { configurationNames, languageOf, languages, searchable } from './languages.ts';

/** A `tsvector` holds less than a megabyte. */
const mostLetters = 100_000;

const keepSql = (schema: string) => `
with searchable as (${searchable('$3', '$4')}),
chosen as (
  select configuration from ${schema}.course left join searchable
    on searchable.language = ${languageOf('course.language')} or searchable.language is null
  where course.id = $1 order by searchable.language nulls last limit 1
)
update ${schema}.course set search =
  setweight(to_tsvector(configuration, name), 'A')
  || setweight(to_tsvector(configuration, array_to_string(tags, ' ')), 'B')
  || setweight(to_tsvector(configuration, $2), 'C')
  || setweight(to_tsvector(configuration, coalesce(description, '')), 'D')
from chosen where course.id = $1`;

/** Makes the words by which a course is found anew: its name, tags, titles of lessons and description. */
export async function keepSearch(database: Database, courseId: string, curriculum: Curriculum | null): Promise<void> {
  const titles = curriculum ? publicLessons(curriculum).map(({ title }) => title) : [];
  const text = titles.join('\n').slice(0, mostLetters).toWellFormed();
  await database.query(keepSql(database.schema), [courseId, text, languages, configurationNames]);
}

/** The lessons that everybody sees. */
export const publicLessons = (curriculum: Curriculum) =>
  curriculum.lessons.filter((lesson) => isVisible(curriculum, lesson, null));
