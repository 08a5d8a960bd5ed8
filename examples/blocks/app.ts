// A CDK app: an API with one function, small in the stage "dev" and with production defaults in "prod".
import { fileURLToPath } from 'node:url';
import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { JsonFunction, JsonRestApi, stageOf, tagSystem } from 'slipway/blocks';

const app = new App();
const stack = new Stack(app, 'Greeter');
const stage = stageOf('dev');
tagSystem(stack, { system: 'greeter', stage: stage.name, owner: 'platform' });

const greet = new JsonFunction(stack, 'Greet', {
  stage,
  entry: fileURLToPath(new URL('greet.ts', import.meta.url)),
});
const api = new JsonRestApi(stack, 'Api', { stage, name: 'greeter' });
api.route('GET', '/greeting', greet.function);
new CfnOutput(stack, 'ApiUrl', { value: api.api.url });
app.synth();
