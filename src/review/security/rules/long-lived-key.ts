/** Users with access keys or passwords that the template makes. */
import { propertyOf } from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

export const longLivedKey = securityRule({
  id: 'long-lived-key',
  title: 'Nobody holds access keys that do not expire',
  severity: 'medium',
  why: 'An access key works until someone deletes it: from a laptop, a log or a repository it gets into, for whoever finds it.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles',
  check: ({ app, checked, found }) => {
    for (const user of app.ofType('AWS::IAM::User')) {
      checked();
      const password = user.properties.LoginProfile;
      if (password !== undefined)
        found({
          resource: user,
          about: 'password',
          title: `${user.name} is an IAM user with a password`,
          fix: 'Let people sign in through IAM Identity Center, and remove LoginProfile.',
          evidence: [{ at: propertyOf(user, 'LoginProfile'), shows: 'LoginProfile is set' }],
        });
    }
    for (const key of app.ofType('AWS::IAM::AccessKey')) {
      checked();
      if (key.properties.Status === 'Inactive') continue;
      const user = app.namedIn(key.properties.UserName)[0];
      found({
        resource: key,
        title: `${key.name} is a long-lived access key${user === undefined ? '' : ` of ${user.name}`}`,
        fix: 'Use a role: of the compute, through OIDC for pipelines, through IAM Roles Anywhere for machines elsewhere.',
        evidence: [{ at: key.id, shows: 'AWS::IAM::AccessKey' }],
      });
    }
  },
});
