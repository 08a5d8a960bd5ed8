import type { Engine } from './engine.ts';
import type { ScalingStore } from './store.ts';

export interface ScalingContext extends ScalingStore {
  readonly engine: Engine;
}
