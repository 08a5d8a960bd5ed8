/**
 * `cdk synth -c stage=dev|staging|prod` (default dev); also `-c apiKey=true`, `-c alarmEmail=you@example.org`,
 * and `-c buildFolder=DIR` for a page and a worker built elsewhere.
 */
import { App } from 'aws-cdk-lib/core';
import { stageOf, tagSystem } from 'slipway/blocks';
import { RoomDetectionStack } from './room-detection-stack.ts';

const app = new App();
const stage = stageOf(app.node.tryGetContext('stage'), 'dev');
const context = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const stack = new RoomDetectionStack(app, `RoomDetection-${stage.name}`, {
  stage,
  description: `Room detection, ${stage.name}: finds the rooms of floor plans`,
  apiKey: String(app.node.tryGetContext('apiKey')) === 'true',
  alarmEmail: context('alarmEmail'),
  buildFolder: context('buildFolder'),
});
tagSystem(stack, { system: 'room-detection', stage: stage.name });
