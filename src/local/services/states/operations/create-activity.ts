import { operation, unsupported } from '../../../service.ts';
import { activityArn, type StatesContext } from '../context.ts';
import { checkName } from '../errors.ts';

/** The same call again answers the activity that is there. https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html */
export const createActivity = (context: StatesContext) =>
  operation('states', 'CreateActivity', {
    accepts: 'all',
    access: ({ name = '' }) => ({ action: 'states:CreateActivity', resource: activityArn(context, name) }),
    *problems({ encryptionConfiguration }) {
      if (encryptionConfiguration && encryptionConfiguration.type !== 'AWS_OWNED_KEY')
        yield unsupported("the encryption of an activity with a customer's key");
    },
    handle({ name = '', tags = [] }) {
      checkName(name);
      const { records, env } = context;
      const before = records.activities.get([name]);
      const made = before ?? {
        name,
        created: env.clock.now(),
        tags: Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value])),
      };
      if (!before) records.activities.put([name], made);
      return { activityArn: activityArn(context, name), creationDate: new Date(made.created) };
    },
  });
