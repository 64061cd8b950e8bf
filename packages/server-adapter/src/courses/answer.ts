import type { contract, Output } from '@laurelkit/sdk/contract';
import type { CourseRow } from '../curriculum/find-course.ts';

type CourseAnswer = Output<typeof contract.courses.get>;

/** A course as everybody may see it. Who is learning and who keeps an unpaid seat holds one. */
export const courseAnswer = (row: CourseRow): CourseAnswer => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  language: row.language,
  tags: row.tags,
  imageUrl: row.image_url,
  timeZone: row.time_zone,
  dripZone: row.drip_zone,
  sequential: row.sequential,
  startsAt: row.starts_at?.toISOString() ?? null,
  endsAt: row.ends_at?.toISOString() ?? null,
  access: row.access,
  price: row.price_minor === null ? null : { minor: Number(row.price_minor), currency: row.currency ?? '' },
  seats: row.seats,
  seatsLeft: row.seats === null ? null : Math.max(0, row.seats - row.seats_taken),
  waitingList: row.waiting_list,
  listed: row.listed,
  program: row.program,
  state: row.state,
  version: row.version,
  lessons: row.lessons,
  minutes: row.minutes,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});
