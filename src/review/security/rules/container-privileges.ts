/** Containers with more rights on their host than they need, or that can change themselves. */

import { flagAt, isUnresolved, listAt, propertyOf, textAt } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

export const containerPrivileges = securityRule({
  id: 'container-privileges',
  title: 'Containers run without privileges and cannot change themselves',
  severity: 'low',
  why: 'Whoever gets into a privileged or root container gets further from there; in a writable one they can stay.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html',
  check: ({ app, checked, found, unclear }) => {
    for (const task of app.ofType('AWS::ECS::TaskDefinition')) {
      const writable: string[] = [];
      const add = (
        about: string,
        severity: Severity,
        title: string,
        fix: string,
        property: string,
        shows: string,
      ) =>
        found({
          resource: task,
          about,
          severity,
          title,
          fix,
          evidence: [{ at: propertyOf(task, property), shows }],
        });
      for (const [index, container] of listAt(task.properties, 'ContainerDefinitions').entries()) {
        checked();
        const at = `ContainerDefinitions.${index}`;
        const name = textAt(container, 'Name');
        const who = `container ${typeof name === 'string' ? name : index} of ${task.name}`;
        if (flagAt(container, 'Privileged') === true)
          add(
            `${at} privileged`,
            'high',
            `The ${who} has all rights on its host`,
            'Remove Privileged: true; add single capabilities under LinuxParameters if need be.',
            `${at}.Privileged`,
            'Privileged: true',
          );
        const user = textAt(container, 'User');
        if (typeof user === 'string' && /^(root|0)(:|$)/.test(user))
          add(
            `${at} user`,
            'medium',
            `The ${who} runs as root`,
            'Set User to a number above 999 that the image has (CDK: user: "1000").',
            `${at}.User`,
            `User: ${user}`,
          );
        if (isUnresolved(user))
          unclear({ resource: task, what: `the user of the ${who}`, because: user.reason });
        if (flagAt(container, 'ReadonlyRootFilesystem') !== true)
          writable.push(typeof name === 'string' ? name : String(index));
      }
      if (writable.length > 0)
        add(
          'writable',
          'info',
          `${sentenceList(writable)} of ${task.name} can write to ${writable.length === 1 ? 'its' : 'their'} own file system`,
          'Set ReadonlyRootFilesystem: true, with a volume for what has to be written (CDK: readonlyRootFilesystem: true).',
          'ContainerDefinitions',
          'ReadonlyRootFilesystem: absent or false',
        );
      const mode = textAt(task.properties, 'PidMode');
      if (mode === 'host')
        add(
          'pid',
          'high',
          `${task.name} sees every process of its host`,
          'Remove PidMode: host.',
          'PidMode',
          'PidMode: host',
        );
      for (const [index, volume] of listAt(task.properties, 'Volumes').entries()) {
        const path = textAt(volume, 'Host.SourcePath');
        if (typeof path === 'string' && /^(\/|\/var\/run\/docker\.sock|\/etc|\/root|\/proc)$/.test(path))
          add(
            `volume ${index}`,
            'high',
            `${task.name} has ${path} of its host mounted`,
            'Remove the volume; use one that Docker makes, or EFS.',
            `Volumes.${index}.Host.SourcePath`,
            `SourcePath: ${path}`,
          );
      }
    }
  },
});
