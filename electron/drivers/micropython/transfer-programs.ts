import { literal } from './programs.ts';
import { type Block, checkOf } from './transfer-blocks.ts';

/*
 * The receiving end of a transfer, as programs for the unit: MicroPython from 1.20, CircuitPython. Each stays below
 * 2 KiB (small boards cannot compile more). Every line that the unit says ends in `*` and eight digits of its SHA-256.
 *
 * _pl_s is its state: number of the next block, 1 while a block is half done, the open file, its path, 1 after the
 * last block, the word of this transfer.
 */

/** Hashing, answering, and taking in blocks. */
export const receiver = `
import os,io,sys,struct,hashlib,binascii
_pl_s=[0,0,None,'',0,'']
def _pl_sha():
 return hashlib.sha256() if hasattr(hashlib,'sha256') else hashlib.new('sha256')
def _pl_sum(a,b=b''):
 h=_pl_sha()
 h.update(a)
 h.update(b)
 return binascii.hexlify(h.digest()[:4]).decode()
def _pl_say(t):
 print(t+'*'+_pl_sum(t.encode()))
def _pl_held(p):
 h=_pl_sha()
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
 _pl_say('=%s %d %s'%(p,s,binascii.hexlify(h.digest()).decode()))
def _pl_end():
 f=_pl_s[2]
 if f:
  _pl_s[2]=None
  f.close()
  if hasattr(os,'sync'):
   os.sync()
  _pl_held(_pl_s[3])
def _pl_new(w):
 f=_pl_s[2]
 _pl_s[:]=[0,0,None,'',0,w]
 if f:
  f.close()
def _pl_state():
 _pl_say('?%s %d %d'%(_pl_s[5],_pl_s[0],_pl_s[1]))
def _pl_put(z):
 s=_pl_s
 while 1:
  h=z.read(3)
  if not h:
   return
  p,n=struct.unpack('<BH',h)
  if p==255:
   _pl_end()
   s[4]=1
   return
  if p:
   _pl_end()
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
export const abilities = `
def _pl_take(q,k,b,c):
 s=_pl_s
 if _pl_sum(('%04x%s'%(q,k)).encode(),b)!=c:
  raise ValueError('garbled')
 if q>=s[0]:
  if q>s[0] or s[1]:
   raise ValueError('order')
  s[1]=1
  try:
   _pl_put(io.BytesIO(b) if k=='0' else _pl_z(b,int(k,16)))
  except BaseException:
   f=s[2]
   s[2]=None
   if f:
    f.close()
   raise
  s[0]+=1
  s[1]=0
 _pl_say('+%d'%s[0])
try:
 try:
  import deflate
  _pl_z=lambda b,w:deflate.DeflateIO(io.BytesIO(b),deflate.RAW,w)
 except ImportError:
  try:
   import zlib
  except ImportError:
   import uzlib as zlib
  if hasattr(zlib,'DecompIO'):
   _pl_z=lambda b,w:zlib.DecompIO(io.BytesIO(b),-w)
  else:
   _pl_z=lambda b,w:io.BytesIO(zlib.decompress(b,-w))
 _pl_i=_pl_z(binascii.unhexlify(b'cbcc4bcb492c49cd845000'),9).read(14)==b'inflateinflate'
except Exception:
 _pl_i=0
try:
 import gc
 gc.collect()
 _pl_m=gc.mem_free()
except AttributeError:
 _pl_m=0
_pl_say('!%d %d %d'%(hasattr(getattr(sys.stdin,'buffer',None),'readinto'),_pl_i,_pl_m))
`;

/** Takes in blocks from standard input. Frames and their escapes: `transfer-blocks.ts`. */
export const streamer = `
def _pl_go():
 r=sys.stdin.buffer.readinto
 def take(n):
  b=bytearray(n)
  m=memoryview(b)
  i=0
  while i<n:
   i+=r(m[i:]) or 0
  return bytes(b)
 x=[(bytes((27,64+i)),bytes((i,))) for i in range(1,6)]+[(b'\\x1b[',b'\\x1b')]
 _pl_say('+%d'%_pl_s[0])
 while not _pl_s[4]:
  h=take(17).decode()
  n=int(h[4:8],16)
  if n>9000:
   raise ValueError('garbled')
  b=take(n)
  for e,c in x:
   b=b.replace(e,c)
  _pl_take(int(h[:4],16),h[8],b,h[9:])
`;

export const stream = '_pl_go()';

/** Begins anew under a word of its own. */
export const begin = (word: string): string => `_pl_new(${literal(word)})\n_pl_state()`;

/** Says `?<word> <next block> <half done>`. */
export const state = '_pl_state()';

/** Reads a file back and says which one, and what it holds. */
export const holds = (path: string): string => `_pl_held(${literal(path)})`;

/** A block in a program of its own, for a unit whose standard input takes no bytes. */
export const takeBlock = (sequence: number, block: Block): string =>
  `_pl_take(${sequence},'${block.kind}',binascii.a2b_base64(b'${block.body.toString('base64')}'),'${checkOf(sequence, block)}')`;

/** Bytes of a block that keep such a program below 2 KiB. */
export const longestLiteral = 1440;
