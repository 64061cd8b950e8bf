import { Fragment, h } from 'preact';
import { useEffect, useId, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';

/** The part of Preact that the script hands to the files it reads later, so that there is one Preact. */
export const kit = { Fragment, h, useEffect, useId, useLayoutEffect, useReducer, useRef, useState };

/** What is handed over. */
export type Kit = typeof kit;
