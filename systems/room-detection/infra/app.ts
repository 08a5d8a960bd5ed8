/** `cdk synth -c stage=dev|staging|prod`; also `-c apiKey=true`, `-c alarmEmail=you@example.org`. */
import { App } from 'aws-cdk-lib/core';
import { stageOf, tagSystem } from 'slipway/blocks';
import { RoomDetectionStack } from './room-detection-stack.ts';

const app = new App();
const stage = stageOf(app.node.tryGetContext('stage'), 'dev');
const alarmEmail: unknown = app.node.tryGetContext('alarmEmail');
const stack = new RoomDetectionStack(app, `RoomDetection-${stage.name}`, {
  stage,
  description: `Room detection, ${stage.name}: finds the rooms of floor plans`,
  apiKey: String(app.node.tryGetContext('apiKey')) === 'true',
  alarmEmail: typeof alarmEmail === 'string' ? alarmEmail : undefined,
});
tagSystem(stack, { system: 'room-detection', stage: stage.name });
