import type { CourseNode as CourseNodeSchema, courseStates, enrolmentStates } from '@laurelkit/sdk/contract';
import type { Generated } from 'kysely';
import type * as z from 'zod/mini';
import type { Instant, Integer, Json } from './columns.ts';

/** A node of a curriculum, defaults filled in. */
export type CourseNode = z.output<typeof CourseNodeSchema>;

export type CourseState = (typeof courseStates)[number];
/** What is known of a payment, in the order in which it moves on. */
export type PaymentState = 'open' | 'pending' | 'expired' | 'paid' | 'refunded';
export type EnrolmentState = (typeof enrolmentStates)[number];

/** Tables of courses, enrolments and progress. */
export interface CourseTables {
  course: {
    id: string;
    slug: string;
    name: string;
    description: string | null;
    language: string;
    tags: string[];
    image_url: string | null;
    time_zone: string;
    drip_zone: 'course' | 'learner';
    sequential: boolean;
    starts_at: Instant | null;
    ends_at: Instant | null;
    access: 'open' | 'invited';
    price_minor: Integer | null;
    currency: string | null;
    seats: number | null;
    seats_taken: Generated<number>;
    waiting_list: boolean;
    listed: boolean;
    program_id: string | null;
    state: Generated<CourseState>;
    version: number | null;
    draft: Json<CourseNode[]>;
    draft_revision: Generated<number>;
    draft_at: Instant;
    search: Generated<string>;
    lessons: Generated<number>;
    minutes: Generated<number>;
    created_at: Instant;
    updated_at: Instant;
  };
  course_version: {
    course_id: string;
    version: number;
    nodes: Json<CourseNode[]>;
    sequential: boolean;
    lessons: number;
    note: string | null;
    actor: string;
    published_at: Instant;
    written_by: Generated<string>;
    /** Ids of its units, and of its lessons: written by the database. */
    unit_ids: Generated<string[]>;
    lesson_ids: Generated<string[]>;
  };
  course_cohort: {
    id: string;
    course_id: string;
    slug: string;
    name: string;
    starts_at: Instant | null;
    ends_at: Instant | null;
    opens_at: Instant | null;
    closes_at: Instant | null;
    seats: number | null;
    seats_taken: Generated<number>;
    created_at: Instant;
  };
  enrolment: {
    id: string;
    course_id: string;
    participant_id: string;
    cohort_id: string | null;
    state: EnrolmentState;
    waiting_since: Integer | null;
    pay_by: Instant | null;
    price_minor: Integer | null;
    currency: string | null;
    version: number;
    versions: number[];
    time_zone: string;
    earned: Generated<Integer>;
    total: Generated<Integer>;
    completed_at: Instant | null;
    last_lesson: string | null;
    last_active_at: Instant | null;
    seq: Generated<Integer>;
    suspect: Generated<boolean>;
    media_ms: Generated<Integer>;
    spent_ms: Generated<Integer>;
    enrolled_at: Instant;
    created_at: Instant;
    updated_at: Instant;
  };
  enrolment_step: {
    id: Generated<Integer>;
    enrolment_id: string;
    from_state: string | null;
    to_state: string;
    from_version: number | null;
    to_version: number;
    cohort_id: string | null;
    actor: string;
    reason: string | null;
    created_at: Instant;
  };
  course_payment: {
    reference: string;
    enrolment_id: string;
    source: 'stripe' | 'host';
    payment: string | null;
    url: string | null;
    expires_at: Instant | null;
    state: Generated<PaymentState>;
    close_at: Instant | null;
    amount_minor: Integer | null;
    currency: string | null;
    created_at: Instant;
    updated_at: Instant;
  };
  course_refund: { payment: string; created_at: Instant };
  progress_event: {
    enrolment_id: string;
    id: string;
    lesson: string;
    kind: string;
    occurred_at: Instant;
    received_at: Instant;
    time_zone: string;
    day: string;
    device: string | null;
    spent: string | null;
    watched: string | null;
    rate: number | null;
    position_ms: number | null;
    score: number | null;
    name: string | null;
    suspect: Generated<boolean>;
    actor: string;
  };
  lesson_state: {
    enrolment_id: string;
    lesson: string;
    viewed_at: Instant | null;
    spent: Generated<string>;
    watched: Generated<string>;
    position_ms: number | null;
    position_at: Instant | null;
    position_id: string | null;
    score: number | null;
    submitted_at: Instant | null;
    checked_at: Instant | null;
    signed_off_at: Instant | null;
    credited_at: Instant | null;
    happened: Generated<string[]>;
    first_at: Instant;
    last_at: Instant;
    suspect: Generated<boolean>;
    completed_at: Instant | null;
  };
  unit_state: { enrolment_id: string; unit: string; earned: Integer; completed_at: Instant | null };
  learning_day: {
    participant_id: string;
    day: string;
    first_at: Instant;
    last_at: Instant;
    least_offset: number | null;
  };
  streak_freeze: {
    participant_id: string;
    idempotency_key: string;
    day: string;
    freezes: number;
    actor: string;
    created_at: Instant;
  };
}
