/** `cdk synth -c stage=dev|staging|prod` (default dev). */
import { App } from 'aws-cdk-lib/core';
import { stageOf } from 'slipway/blocks';
import { NotesStack } from './notes-stack.ts';

const app = new App();
const stage = stageOf(app.node.tryGetContext('stage'), 'dev');
new NotesStack(app, `Notes-${stage.name}`, { stage });
