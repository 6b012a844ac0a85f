export { canonical } from '../../shared/chain/canonical-json.ts';
