"""How good and how fast matching is, beside what anyone would use instead.

Four parts: ``quality`` ranks public judged collections (``corpora``) with our matcher (``ours``)
and with its ``peers``; ``slipping`` does so again with a typing error in each query; ``needs`` asks
for the needs of teachers what the need page would answer; ``speed`` and ``memory`` use documents
made up for the purpose (``invented``). ``tables`` shows what was found.
"""
