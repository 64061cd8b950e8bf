import type { Api } from '@laurelkit/sdk/client';
import { clipSeconds } from './media.ts';
import { at, day, uuid } from './time.ts';

type Lesson = Awaited<ReturnType<Api['lessons']['get']>>;
type Outline = Awaited<ReturnType<Api['lessons']['outline']>>;
type Event = Parameters<Api['progress']['record']>[0]['events'][number];

/** A lesson with a video, and what was told of it. */
export interface Lecture {
  lesson: Lesson;
  enrolment: string;
  /** Percent of the video that finishes it. */
  need: number;
  refused?: 'lesson_locked' | 'not_enrolled';
  /** Refuses each event so. */
  refuses?: 'lesson_locked';
  locks: Outline['nodes'][number]['locks'];
  told: Event[];
  /** How many changes came from another device. */
  elsewhere: number;
}

const lengthMs = clipSeconds * 1000;
const media = (name: string) => `/media/${name}`;

const video = (changes: Partial<NonNullable<Lesson['video']>> = {}): NonNullable<Lesson['video']> => ({
  provider: 'file',
  url: media('clip.webm'),
  lengthMs,
  posterUrl: media('poster.svg'),
  captions: [{ language: 'en', label: 'English', url: media('captions.vtt') }],
  chapters: [
    { id: 'flour', title: 'Flour and water', fromMs: 0, toMs: 6000 },
    { id: 'fold', title: 'Fold and turn', fromMs: 6000, toMs: 16_000 },
    { id: 'rest', title: 'Let it rest', fromMs: 16_000, toMs: lengthMs },
  ],
  ...changes,
});

const lecture = (changes: Partial<Lesson> = {}, more: Partial<Lecture> = {}): Lecture => ({
  lesson: {
    ...{ course: 'baking', id: 'kneading', title: 'Kneading by hand', summary: 'Ten minutes of work, one of rest.' },
    ...{ kind: 'video', minutes: 1, blocks: [], video: video(), url: null, startsAt: null, endsAt: null },
    todo: [{ kind: 'watched', have: 0, need: 80, by: null }],
    ...{ state: 'started', completedAt: null, positionMs: null, watched: [], previous: null, next: null },
    ...changes,
  },
  ...{ enrolment: uuid(300), need: 80, locks: [], told: [], elsewhere: 0, ...more },
});

const begun = {
  positionMs: 9500,
  watched: [
    [0, 6000],
    [8000, 9500],
  ],
};
const person = (lesson: Lecture) => ({ people: [], lecture: lesson });

/** The states of a lesson with a video. */
export const videoScenarios = {
  lecture: () => person(lecture(begun)),
  lectureNew: () => person(lecture({ state: 'open' })),
  lectureNoRule: () => person(lecture({ todo: [] }, { need: 200 })),
  lectureDone: () =>
    person(lecture({ state: 'done', completedAt: at(-day), todo: [], watched: [[0, lengthMs]], positionMs: lengthMs })),
  lectureLocked: () =>
    person(
      lecture(
        {},
        {
          refused: 'lesson_locked',
          locks: [
            { kind: 'completed', node: 'mixing', title: 'Mixing', atLeast: null, opensAt: null },
            { kind: 'date', node: null, title: null, atLeast: null, opensAt: at(2 * day) },
          ],
        },
      ),
    ),
  lectureNotEnrolled: () => person(lecture({}, { refused: 'not_enrolled' })),
  lectureRefuses: () => person(lecture({}, { refuses: 'lesson_locked' })),
  lectureBroken: () => person(lecture({ video: video({ url: media('gone.webm') }) })),
  lectureHls: () => person(lecture({ video: video({ provider: 'hls', url: media('list.m3u8') }) })),
  lectureYouTube: () =>
    person(lecture({ ...begun, video: video({ provider: 'youtube', url: 'https://youtu.be/abcDEF-123_' }) })),
  lectureVimeo: () =>
    person(lecture({ ...begun, video: video({ provider: 'vimeo', url: 'https://vimeo.com/76979871' }) })),
  lectureStrange: () =>
    person(
      lecture({
        ...begun,
        title: `${'Unpronounceably'.repeat(6)} שלום 👩🏽‍🚀`,
        video: video({
          chapters: [
            { id: 'a', title: 'H'.repeat(120), fromMs: 0, toMs: 12_000 },
            { id: 'b', title: '\u202Eright to left\u200B override', fromMs: 12_000, toMs: lengthMs },
          ],
        }),
      }),
    ),
};
