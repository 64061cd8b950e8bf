/** SQL: how far an enrolment is in whole percent, rounded down, as `percentOf` reckons it. */
export const percentSql = (enrolment: string) =>
  `(case when ${enrolment}.total = 0 then 0 else ${enrolment}.earned * 100 / ${enrolment}.total end)::integer`;
