import { h } from 'preact';

/** The title of an element, at the level that fits the host page's outline. */
export const title = (level: number, text: string) =>
  h(`h${level}`, { class: 'title', part: 'title' }, h('bdi', null, text));
