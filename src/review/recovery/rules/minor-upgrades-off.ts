/** RDS instances that do not install minor versions automatically. */
import { propertyRule, reliabilityPillar } from './property-rule.ts';

export const minorUpgradesOff = propertyRule({
  id: 'minor-upgrades-off',
  severity: 'low',
  title: 'RDS instances install minor versions automatically',
  why: 'Minor versions contain fixes for crashes and data loss.',
  reference: reliabilityPillar,
  types: ['AWS::RDS::DBInstance'],
  property: 'AutoMinorVersionUpgrade',
  isMet: (value) => value === undefined || value === true || value === 'true',
  finding: (resource) => `${resource.name} does not install minor versions automatically`,
  fix: 'AutoMinorVersionUpgrade: true',
});
