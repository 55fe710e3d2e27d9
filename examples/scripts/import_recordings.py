# From the field laptop, which still runs Python 2.
import cPickle
import sys


def recordings(name):
    try:
        return cPickle.load(open(name, 'rb'))
    except IOError, error:
        print >>sys.stderr, 'cannot read', name, error
        return []


for recording in recordings(sys.argv[1]):
    print recording
