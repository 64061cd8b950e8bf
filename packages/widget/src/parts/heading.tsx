import { type ComponentChildren, h } from 'preact';

/** The title of an element, at the level that fits the host page's outline. */
export const Heading = ({ level, children }: { level: number; children: ComponentChildren }) =>
  h(`h${level >= 1 && level <= 6 ? level : 2}`, { class: 'title', part: 'title' }, children);
