import type { Enrolment, LearningView } from './state.ts';

/** What the visitor did in one element: the others of the page show it too. */
export interface News {
  /** The slug of the course. */
  course: string;
  /** `null` for whoever is not in the course any more. */
  enrolment: Enrolment | null;
  /** What was read after it; without it, whoever shows more than the enrolment reads by themself. */
  view?: LearningView;
}

type Hearer = (news: News) => void;

const hearers = new Set<Hearer>();

/** Tells the other elements of the page; the `teller` knows already. */
export function tell(news: News, teller: Hearer): void {
  for (const each of hearers) if (each !== teller) each(news);
}

/** Hears what is done in the other elements of the page; the answer stops it. */
export function hear(hearer: Hearer): () => void {
  hearers.add(hearer);
  return () => void hearers.delete(hearer);
}
