// What a door may do with signed bundles: it needs no job, and touches no unit.
export * from '../provisioning/bundle/bundle.ts';
