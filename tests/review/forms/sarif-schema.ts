/**
 * The part of SARIF 2.1.0 that a log of ours uses, written from the standard (OASIS, "Static Analysis Results
 * Interchange Format (SARIF) Version 2.1.0", sections in the comments): required properties, enumerations, and no
 * property that the standard does not name on the object. GitHub's further demands are in the test.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
const object = (required: readonly string[], properties: Record<string, unknown>) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const text = { type: 'string' };
const list = (items: unknown, minItems = 0) => ({ type: 'array', items, minItems });
const positive = { type: 'integer', minimum: 1 };
// 3.8 property bags: any property; tags are unique texts.
const bag = { type: 'object', properties: { tags: { type: 'array', items: text, uniqueItems: true } } };
// 3.11 message, 3.12 multiformatMessageString: `text` whenever there is `markdown`.
const message = object(['text'], { text, markdown: text });
const level = { enum: ['none', 'note', 'warning', 'error'] };

const location = object([], {
  // 3.29 physicalLocation, 3.4 artifactLocation, 3.30 region
  physicalLocation: object(['artifactLocation'], {
    artifactLocation: object(['uri'], { uri: { type: 'string', format: 'uri-reference' } }),
    region: object(['startLine'], { startLine: positive, startColumn: positive, endLine: positive }),
  }),
  // 3.33 logicalLocation
  logicalLocations: list(object([], { name: text, fullyQualifiedName: text, kind: text })),
});

// 3.27 result
const result = object(['message'], {
  ruleId: text,
  ruleIndex: { type: 'integer', minimum: -1 },
  level,
  message,
  locations: list(location),
  partialFingerprints: { type: 'object', additionalProperties: text },
  // 3.35 suppression
  suppressions: list(
    object(['kind'], {
      kind: { enum: ['inSource', 'external'] },
      status: { enum: ['accepted', 'underReview', 'rejected'] },
      justification: text,
    }),
  ),
  properties: bag,
});

// 3.49 reportingDescriptor
const rule = object(['id'], {
  id: text,
  shortDescription: message,
  fullDescription: message,
  help: message,
  helpUri: { type: 'string', format: 'uri' },
  defaultConfiguration: object([], { level }),
  properties: bag,
});

// 3.13 sarifLog, 3.14 run, 3.18 tool, 3.19 toolComponent, 3.17 runAutomationDetails
export const sarifSchema = object(['version', 'runs'], {
  $schema: { type: 'string', format: 'uri' },
  version: { const: '2.1.0' },
  runs: list(
    object(['tool'], {
      tool: object(['driver'], {
        driver: object(['name'], {
          name: text,
          version: text,
          informationUri: { type: 'string', format: 'uri' },
          rules: { type: 'array', items: rule, uniqueItems: true },
        }),
      }),
      automationDetails: object([], { id: text }),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      results: list(result),
    }),
  ),
});
