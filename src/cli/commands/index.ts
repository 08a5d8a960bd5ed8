/** Every command, in the order of `slipway --help`. */
import type { Command } from '../command.ts';
import { bill } from './bill.ts';
import { check } from './check.ts';
import { completionOf } from './completion.ts';
import { down } from './down.ts';
import { events } from './events.ts';
import { fault } from './fault.ts';
import { init } from './init.ts';
import { local } from './local.ts';
import { logs } from './logs.ts';
import { measure } from './measure.ts';
import { prices } from './prices.ts';
import { review } from './review.ts';
import { status } from './status.ts';
import { time } from './time.ts';
import { up } from './up.ts';

export const commands: readonly Command[] = [
  init,
  up,
  check,
  local,
  status,
  logs,
  events,
  fault,
  time,
  down,
  review,
  measure,
  bill,
  prices,
  completionOf(() => commands),
];
