/** Secrets in the scripts that instances start with, in build steps and in container commands. */

import type { Resolved } from '../../../architecture/app/model.ts';
import { isMap, type Resource, textsIn } from '../../../architecture/index.ts';
import { fetchedSecret, formOf } from './support/secrets.ts';
import { securityRule } from './support/security-rule.ts';

const places: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Instance': ['UserData'],
  'AWS::AutoScaling::LaunchConfiguration': ['UserData'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData'],
  'AWS::CodeBuild::Project': ['Source'],
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions'],
  'AWS::SSM::Document': ['Content'],
  'AWS::SSM::Parameter': ['Value'],
  'AWS::Lambda::Function': ['Code'],
};

/** An assignment in a script: `export DB_PASSWORD=…`, `--password …`. */
const assignment =
  /(?:^|[\s;])(?:export\s+)?\w*(?:PASSWORD|PASSWD|SECRET_KEY|API_KEY|AUTH_TOKEN)\s*=\s*["']?([^\s"'$]{6,})/i;

function* scriptsOf(resource: Resource): Generator<{ text: string; path: string }> {
  for (const property of places[resource.type] ?? []) {
    const value: Resolved | undefined = resource.properties[property];
    for (const { text, path } of textsIn(value)) {
      // Environment variables are another rule's.
      if (path.includes('/Environment/')) continue;
      yield { text, path: `${property}${path}` };
      if (/^[A-Za-z0-9+/=\s]{40,}$/.test(text))
        yield { text: Buffer.from(text, 'base64').toString('utf8'), path: `${property}${path}` };
    }
    if (isMap(value) && 'Fn::Base64' in value)
      for (const { text } of textsIn(value['Fn::Base64'])) yield { text, path: property };
  }
}

export const secretInUserData = securityRule({
  id: 'secret-in-user-data',
  title: 'No secret stands in start scripts, build steps, commands or parameters in the clear',
  severity: 'high',
  why: 'User data can be read from inside the instance by any process and by everyone who may describe it; build files and commands are logged.',
  reference: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html',
  check: ({ app, checked, found }) => {
    for (const resource of app.ofType(...Object.keys(places))) {
      checked();
      const seen = new Set<string>();
      for (const { text, path } of scriptsOf(resource)) {
        const form = formOf(text);
        const isFetched = fetchedSecret(text) && resource.type !== 'AWS::ECS::TaskDefinition';
        const assigned = assignment.exec(text)?.[1];
        const isAssigned = assigned !== undefined && !/\{\{resolve:|^[<{$]|\{[\w./-]+\}/.test(assigned);
        if ((form === undefined && !isFetched && !isAssigned) || seen.has(path)) continue;
        seen.add(path);
        const what = form?.what ?? (isFetched ? 'a secret that CloudFormation fetches' : 'a password or key');
        found({
          resource,
          about: path,
          severity: form !== undefined ? 'high' : 'medium',
          title: `${path.split('/')[0]} of ${resource.name} holds what looks like ${what}`,
          fix: 'Fetch it when the script runs: aws secretsmanager get-secret-value with the role of the instance or build. Change the secret: it is in the template’s history.',
          evidence: [{ at: `${resource.id}/Properties/${path}`, shows: `${what} (not shown)` }],
        });
      }
    }
  },
});
