/** What courses may not forget: the ids their versions gave away, and where somebody learnt. */
export const courseMemory = `
-- Derived by the database itself, so that a version is read for its ids alone, whichever Laurel wrote it.
alter table course_version
  add column unit_ids jsonb not null
    generated always as (jsonb_path_query_array(nodes, '$[*] ? (@.type == "unit").id')) stored,
  add column lesson_ids jsonb not null
    generated always as (jsonb_path_query_array(nodes, '$[*] ? (@.type == "lesson").id')) stored;

-- Minutes: the least that a clock they learnt by that day is ahead of UTC. What the clocks of a journey leave out is no day
-- without learning. Null in older rows.
alter table learning_day add column least_offset smallint;
`;
