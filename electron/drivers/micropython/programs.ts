import { createHash } from 'node:crypto';
import { asciiJson } from './agent-line.ts';

/*
 * Programs for the unit. They run on MicroPython from 1.20 and on CircuitPython, print only printable ASCII, and are
 * short: one of more than about 2 KiB runs small boards out of memory.
 */

/** Text as a Python literal. */
export const literal = (text: string): string => asciiJson(text);

const bytesLiteral = (source: string): string => `b${JSON.stringify(source)}`;
const shaOf = (source: string): string => createHash('sha256').update(source).digest('hex');

/**
 * One JSON line with who the unit is; each fact that a firmware does not have is null. Without SHA-256 nothing could be
 * proved to have arrived: such a firmware says so in words instead. CircuitPython offers it as `hashlib.new('sha256')`
 * only (adafruit/circuitpython pull request 10740). The last three: both pointer records, and tag and agent by slot.
 */
export const whoAreYou = `
import sys,os,json
def _id():
 try:
  import machine
  return machine.unique_id()
 except (ImportError,AttributeError):
  pass
 try:
  import microcontroller
  return bytes(microcontroller.cpu.uid)
 except (ImportError,AttributeError):
  return b''
def _hex(b):
 return ''.join('%02x'%c for c in b)
def _tag(s):
 try:
  with open('/'+s+'/config.json') as f:
   return json.load(f).get('tag')
 except Exception:
  return None
def _agent(s):
 try:
  with open('/'+s+'/plumbline/__init__.py') as f:
   for _ in range(60):
    l=f.readline()
    if l.startswith('VERSION') and '=' in l:
     return l.split('=',1)[1].strip().strip('"\\'')
 except Exception:
  pass
def _record(i):
 try:
  with open('/plumbline/slot.%d'%i,'rb') as f:
   return _hex(f.read(80))
 except OSError:
  pass
def _machine():
 m=getattr(sys.implementation,'_machine',None)
 try:
  return m or os.uname()[4]
 except Exception:
  return ''
def _sha256():
 try:
  import hashlib
  return hashlib.sha256() if hasattr(hashlib,'sha256') else hashlib.new('sha256')
 except (ImportError,AttributeError,ValueError):
  pass
_i=sys.implementation
_s=os.statvfs('/')
print('a firmware without SHA-256' if _sha256() is None else json.dumps([_i[0],list(_i[1])[:3],sys.platform,_machine(),_hex(_id()),_s[1],_s[3],_s[2],[_record(0),_record(1)],[_tag('a'),_agent('a')],[_tag('b'),_agent('b')]]))
`;

/**
 * `_pl_do` runs a program only on the unit that it is for and only as it was sent: the REPL has no checksums, and a
 * path that arrived garbled would be another file's. FAT is told by names whose case does not matter; there a file is
 * replaced by way of `.old`, which the next start of the unit puts back if it was cut in between.
 */
const helperSource = `
import os,binascii
def _pl_unit():
 try:
  import machine
  return machine.unique_id()
 except (ImportError,AttributeError):
  import microcontroller
  return bytes(microcontroller.cpu.uid)
def _pl_sha(d=b''):
 import hashlib
 h=hashlib.sha256() if hasattr(hashlib,'sha256') else hashlib.new('sha256')
 h.update(d)
 return h
def _pl_do(u,s,c):
 if binascii.hexlify(_pl_unit())!=u or binascii.hexlify(_pl_sha(c).digest())[:16]!=s:
  raise ValueError('garbled')
 exec(c,globals())
def _pl_name(p):
 return ''.join([c if ' '<=c<='~' and c not in '"\\\\' else '\\\\u%04x'%ord(c) for c in p])
def _pl_hash(p):
 try:
  f=open(p,'rb')
 except OSError as e:
  if e.args[0]!=2:
   raise
  print('["%s",null,0]'%_pl_name(p))
  return
 h=_pl_sha()
 b=bytearray(512)
 m=memoryview(b)
 s=0
 n=f.readinto(b)
 while n:
  h.update(m[:n])
  s+=n
  n=f.readinto(b)
 f.close()
 print('["%s","%s",%d]'%(_pl_name(p),binascii.hexlify(h.digest()).decode(),s))
def _pl_there(p):
 try:
  return os.stat(p)
 except OSError:
  pass
def _pl_gone(p):
 try:
  os.remove(p)
 except OSError as e:
  if e.args[0]!=2:
   raise
def _pl_sync():
 if hasattr(os,'sync'):
  os.sync()
def _pl_fat():
 return _pl_there('/PLUMBLINE') is not None
`;

const moreHelperSource = `
def _pl_move(a,b):
 try:
  if _pl_fat():
   raise OSError(17)
  os.rename(a,b)
 except OSError as e:
  if e.args[0]!=17:
   raise
  if _pl_there(b):
   _pl_gone(b+'.old')
   os.rename(b,b+'.old')
  os.rename(a,b)
  _pl_gone(b+'.old')
 _pl_sync()
def _pl_mend(p):
 if not _pl_there(p) and _pl_there(p+'.old'):
  os.rename(p+'.old',p)
def _pl_tree(p):
 if not _pl_there(p):
  return
 for n in os.listdir(p):
  if os.stat(p+'/'+n)[0]&0x4000:
   _pl_tree(p+'/'+n)
  else:
   _pl_hash(p+'/'+n)
def _pl_prune(p):
 if not _pl_there(p):
  return
 for n in os.listdir(p):
  q=p+'/'+n
  if os.stat(q)[0]&0x4000:
   _pl_prune(q)
   if not os.listdir(q):
    os.rmdir(q)
def _pl_copy(a,b):
 with open(a,'rb') as f:
  with open(b,'wb') as g:
   d=f.read(512)
   while d:
    g.write(d)
    d=f.read(512)
 _pl_sync()
def _pl_save(p,d):
 with open(p,'wb') as f:
  f.write(d)
 _pl_sync()
def _pl_raw(p):
 try:
  with open(p,'rb') as f:
   print(binascii.hexlify(f.read(80)).decode())
 except OSError as e:
  if e.args[0]!=2:
   raise
  print('-')
`;

/** Runs the source only if it arrived as it was sent. */
const checked = (source: string): string => `
import hashlib,binascii
_c=${bytesLiteral(source)}
_h=hashlib.sha256() if hasattr(hashlib,'sha256') else hashlib.new('sha256')
_h.update(_c)
if binascii.hexlify(_h.digest())!=b'${shaOf(source)}':
 raise ValueError('garbled')
exec(_c,globals())
`;

/** Define what the programs below use; all of them once after every soft reset, one after the other. */
export const helpers: readonly string[] = [checked(helperSource), checked(moreHelperSource)];

/** A program that is carried out on this very unit, and only if it arrived as it was sent. */
export const lockedTo = (unit: string, source: string): string =>
  `_pl_do(b'${unit}',b'${shaOf(source).slice(0, 16)}',${bytesLiteral(source)})`;

/** Prints `["<path>","<sha256>",<size>]`, or `["<path>",null,0]` where there is no such file. */
export const hashOf = (path: string): string => `_pl_hash(${literal(path)})`;

/** Prints a line as `hashOf` for every file below the folders. */
export const treesOf = (folders: readonly string[]): string =>
  folders.map((folder) => `_pl_tree(${literal(folder)})`).join('\n');

/** An empty folder below this one would be taken for a package in place of the module of the same name. */
export const removeEmptyFolders = (folder: string): string => `_pl_prune(${literal(folder)})`;

export const makeFolder = (path: string): string =>
  `if not _pl_there(${literal(path)}):\n os.mkdir(${literal(path)})`;

export const remove = (path: string): string => `_pl_gone(${literal(path)})`;

/** Ends what a power cut left half replaced. */
export const mend = (path: string): string => `_pl_mend(${literal(path)})`;

export const copy = (from: string, to: string): string => `_pl_copy(${literal(from)},${literal(to)})`;

/** A small file of text at once; there is no temporary name, so only for what may be torn. */
export const save = (path: string, text: string): string =>
  `_pl_save(${literal(path)},${bytesLiteral(text)})`;

/** Prints the first 80 bytes in hex, `-` where there is no such file. */
export const raw = (path: string): string => `_pl_raw(${literal(path)})`;

export const isFat = 'print(_pl_fat())';

export const replace = (staged: string, path: string): string =>
  `_pl_move(${literal(staged)},${literal(path)})`;

export const openToRead = (path: string): string => `_pl_f=open(${literal(path)},'rb')`;

/** Prints the next block in base64. */
export const readBlock = (length: number): string =>
  `print(binascii.b2a_base64(_pl_f.read(${length})).decode().strip())`;
