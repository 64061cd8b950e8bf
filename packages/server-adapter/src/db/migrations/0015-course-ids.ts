/** What a course may not forget: the ids its versions gave away. */
export const courseIds = `
-- Derived by the database itself, so that a version is read for its ids alone, whichever Laurel wrote it.
alter table course_version
  add column unit_ids jsonb not null
    generated always as (jsonb_path_query_array(nodes, '$[*] ? (@.type == "unit").id')) stored,
  add column lesson_ids jsonb not null
    generated always as (jsonb_path_query_array(nodes, '$[*] ? (@.type == "lesson").id')) stored;
`;
