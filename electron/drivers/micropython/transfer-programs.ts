import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { literal } from './programs.ts';
import { type Block, checkOf } from './transfer-blocks.ts';

/*
 * The receiving end of a transfer, as programs for the unit: MicroPython from 1.20, CircuitPython. Each stays below
 * 2 KiB (small boards cannot compile more). Every line that the unit says ends in `*` and eight digits of its SHA-256.
 *
 * Names of its own (`_pt_`): `programs.ts` has others on the unit at the same time. _pt_s is its state: number of the next block, 1 while a block is half done, the open file, its path, 1 after the
 * last block, the word of this transfer.
 */

/** Hashing, answering, and taking in blocks. */
const receiver = `
import os,io,sys,struct,hashlib,binascii
_pt_s=[0,0,None,'',0,'']
def _pt_sha():
 return hashlib.sha256() if hasattr(hashlib,'sha256') else hashlib.new('sha256')
def _pt_sum(a,b=b''):
 h=_pt_sha()
 h.update(a)
 h.update(b)
 return binascii.hexlify(h.digest()[:4]).decode()
def _pt_say(t):
 print(t+'*'+_pt_sum(t.encode()))
def _pt_held(p):
 h=_pt_sha()
 b=bytearray(512)
 m=memoryview(b)
 s=0
 f=open(p,'rb')
 n=f.readinto(b)
 while n:
  h.update(m[:n])
  s+=n
  n=f.readinto(b)
 f.close()
 _pt_say('=%s %d %s'%(p,s,binascii.hexlify(h.digest()).decode()))
def _pt_end():
 f=_pt_s[2]
 if f:
  _pt_s[2]=None
  f.close()
  if hasattr(os,'sync'):
   os.sync()
  _pt_held(_pt_s[3])
def _pt_unit():
 try:
  import machine
  return machine.unique_id()
 except (ImportError,AttributeError):
  import microcontroller
  return bytes(microcontroller.cpu.uid)
def _pt_new(v,u,w):
 if v!=_pt_v or binascii.hexlify(_pt_unit()).decode()!=u:
  raise ValueError('unit')
 f=_pt_s[2]
 _pt_s[:]=[0,0,None,'',0,w]
 if f:
  f.close()
def _pt_state():
 _pt_say('?%s %d %d'%(_pt_s[5],_pt_s[0],_pt_s[1]))
def _pt_put(z):
 s=_pt_s
 while 1:
  h=z.read(3)
  if not h:
   return
  p,n=struct.unpack('<BH',h)
  if p==255:
   _pt_end()
   s[4]=1
   return
  if p:
   _pt_end()
   s[3]=z.read(p).decode()
   s[2]=open(s[3],'wb')
  while n:
   b=z.read(min(n,512))
   if not b:
    raise ValueError
   if s[2].write(b)!=len(b):
    raise OSError(28)
   n-=len(b)
`;

/** What it can do, asked by trying: bytes from standard input, inflating; and how much heap is free. */
const takingIn = `
def _pt_take(q,k,b,c):
 s=_pt_s
 if _pt_sum(('%s%04x%s'%(s[5],q,k)).encode(),b)!=c:
  raise ValueError('garbled')
 if q>=s[0]:
  if q>s[0] or s[1]:
   raise ValueError('order')
  s[1]=1
  try:
   _pt_put(io.BytesIO(b) if k=='0' else _pt_z(b,int(k,16)))
  except BaseException:
   f=s[2]
   s[2]=None
   if f:
    f.close()
   raise
  s[0]+=1
  s[1]=0
 _pt_say('+%d'%s[0])
try:
 try:
  import deflate
  _pt_z=lambda b,w:deflate.DeflateIO(io.BytesIO(b),deflate.RAW,w)
 except ImportError:
  try:
   import zlib
  except ImportError:
   import uzlib as zlib
  if hasattr(zlib,'DecompIO'):
   _pt_z=lambda b,w:zlib.DecompIO(io.BytesIO(b),-w)
  else:
   _pt_z=lambda b,w:io.BytesIO(zlib.decompress(b,-w))
 _pt_i=_pt_z(binascii.unhexlify(b'cbcc4bcb492c49cd845000'),9).read(14)==b'inflateinflate'
except Exception:
 _pt_i=0
def _pt_able():
 try:
  import gc
  gc.collect()
  m=gc.mem_free()
 except AttributeError:
  m=0
 _pt_say('!%d %d %d'%(hasattr(getattr(sys.stdin,'buffer',None),'readinto'),_pt_i,m))
`;

/** Takes in blocks from standard input. Frames and their escapes: `transfer-blocks.ts`. */
const streamer = `
def _pt_go():
 r=sys.stdin.buffer.readinto
 def take(n):
  b=bytearray(n)
  m=memoryview(b)
  i=0
  while i<n:
   i+=r(m[i:]) or 0
  return bytes(b)
 x=[(bytes((27,64+i)),bytes((i,))) for i in (1,2,3,4,5,10,13)]+[(b'\\x1b[',b'\\x1b')]
 _pt_say('+%d'%_pt_s[0])
 while not _pt_s[4]:
  h=take(17).decode()
  n=int(h[4:8],16)
  if n>17000:
   raise ValueError('garbled')
  b=take(n)
  for e,c in x:
   b=b.replace(e,c)
  _pt_take(int(h[:4],16),h[8],b,h[9:])
`;

export const stream = '_pt_go()';

const source = `${receiver}${takingIn}${streamer}`;
const version = createHash('sha256').update(source).digest('hex').slice(0, 8);
const named = `_pt_v='${version}'`;

/** All of it in one program, where the unit can inflate; it is run only as it was sent. */
export const installPacked = `import io,deflate,hashlib,binascii
_pt_x=deflate.DeflateIO(io.BytesIO(binascii.a2b_base64(b'${deflateRawSync(source, { windowBits: 12, level: 9 }).toString('base64')}')),deflate.RAW,12).read()
if binascii.hexlify(hashlib.sha256(_pt_x).digest())[:8]!=b'${version}':
 raise ValueError('garbled')
exec(_pt_x,globals())
_pt_x=None
${named}`;

/** The same for every other unit, one after the other. */
export const install: readonly string[] = [receiver, takingIn, `${streamer}${named}`];

const renew = (unit: string, word: string): string =>
  `_pt_new(${[version, unit, word].map(literal).join(',')})`;

/**
 * Begins anew under a word of its own: says its state, and what the unit is able to. Fails on every other unit, and
 * where these very programs are not there.
 */
export const begin = (unit: string, word: string): string => `${renew(unit, word)}\n_pt_state()\n_pt_able()`;

/** Closes what is open. */
export const drop = (unit: string): string => renew(unit, '');

/** Says `?<word> <next block> <half done>`. */
export const state = '_pt_state()';

/** Reads a file back and says which one, and what it holds. */
export const holds = (path: string): string => `_pt_held(${literal(path)})`;

/** A block in a program of its own, for a unit whose standard input takes no bytes. */
export const takeBlock = (word: string, sequence: number, block: Block): string =>
  `_pt_take(${sequence},'${block.kind}',binascii.a2b_base64(b'${block.body.toString('base64')}'),'${checkOf(word, sequence, block)}')`;

/** Bytes of a block that keep such a program below 2 KiB. */
export const longestLiteral = 1440;
