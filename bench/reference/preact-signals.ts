/** What a widget made the usual way begins with, before a line of its own. */

import { computed, effect, signal } from '@preact/signals';
import { Fragment, h, render } from 'preact';

Object.assign(globalThis, { parts: [Fragment, h, render, computed, effect, signal] });
