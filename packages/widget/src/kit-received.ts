import type { Kit } from './kit.ts';

/** Stands for `preact` and `preact/hooks` in the files that the script reads later. */
export let h: Kit['h'];
export let Fragment: Kit['Fragment'];
export let useEffect: Kit['useEffect'];
export let useId: Kit['useId'];
export let useLayoutEffect: Kit['useLayoutEffect'];
export let useReducer: Kit['useReducer'];
export let useRef: Kit['useRef'];
export let useState: Kit['useState'];

/** Takes what the script hands over. */
export const receive = (kit: Kit): void => {
  ({ h, Fragment, useEffect, useId, useLayoutEffect, useReducer, useRef, useState } = kit);
};
