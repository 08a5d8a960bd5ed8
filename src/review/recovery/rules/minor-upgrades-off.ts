/** A database whose minor versions nobody installs. */
import { pillar, propertyRule } from './kit.ts';

export const minorUpgradesOff = propertyRule({
  id: 'minor-upgrades-off',
  severity: 'low',
  title: 'Minor versions of databases are installed by themselves',
  why: 'Fixes of crashes and data loss arrive in minor versions.',
  reference: pillar,
  types: ['AWS::RDS::DBInstance'],
  property: 'AutoMinorVersionUpgrade',
  good: (value) => value === undefined || value === true || value === 'true',
  says: (resource) => `${resource.name} does not install minor versions`,
  fix: 'AutoMinorVersionUpgrade: true',
});
