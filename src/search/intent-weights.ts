/** Made by models/training/intents.py: weights of a question's vector for each intent, 8 bits each, with their scale. */
export const INTENT_WEIGHTS = [
  {
    intent: 'citedBy',
    always: -2.312,
    scale: 0.03863,
    weights:
      'rvbYPdQbuyQpyBAB39esIP0aK7Tb0Uv5Gci62gX3/C7mNM/frNEOC+Q8BRnJL0MVQPYAIutL9BgbMiAcFgmxAfALJfvYLQ8O4Rbs8y3+GAr3Wd3q6gTGCT/rCrjXPu3oE9ZUBtvmv0fm/Po7C/b8BjQgf/T/yA0t6BEzyNkB2/rG1gPp3igYLTvLCAw38xIXHycy/wIMS0EQK+XUNQsuLkYd4f0pAfL5+fMk2eXgFu3AIgsUH9Lr1dz/7soHG7Lb+PxA+PwRC77L4f3esUsQHRLr+MgNAOvoDtzFDOj++9XuF8sDofENrNm6QTbf42Hl58YU+fnFHP0QLxje7/r+Oc8HG/9k9+QHP/nxxvD1wGgy7hu60hniKQRFCwJZv/bd//0M7xI/Lwr84+vKA8TnFukNK+rqCfj74vcDNfIg8wQU8RYCISbwBj/wDx8J6LUrFwnjFucWAwnWGvkmBtwKFA0C7donBCDv4rYdQUC1vQ0ZAxwzBhcR1y7cDOn5/e5G',
  },
  {
    intent: 'classification',
    always: -0.929,
    scale: 0.03248,
    weights:
      'UNCtFALwLiH5F+pJ4w7y5BTOEDdlDzL4G+3u2KzLD8skDQkH597h4Qf12hX9tc7kEeASFtzr7+EIxfUTKBYI1ClR0eJJyywWDR0EB8/56RDc7vHX9wPtRBXnLNEA6/cTF+TQARGi3dw+yj0UtNoC9y7tIP0+I1IN//4J2AvyE9sC8u/ANSsE8CBoLQ3rWBcn2eXuG/3v2qPu5gW3wRLdsDLI2DA8SQzNz8cBFvxS2w7Y/ijd5hjtMhbvGEtG7hP01R/68hkfvDr5A1X69jAW8DYxkRDK59sy+vO18Tfk9PYGKwgd5R0WCqUdENY7E0r//D42701UAdTxAaQtBwcC9yYL5+z6n+0D2PmeBtz/RsMNGxz3Lc4A1vcKJPPe773kGp7dMfL2HSES++0TDwYgJSbQ9vsRMwUbE/C/9fXVwtvgGR3o1z/igU8u4SD9+urjvP5XM/IhEgvbyR/s+jgE7dr1LFrM6yk+GPTeDekjGvLQHEcZOhsk++Xt3tVLQzEQ',
  },
  {
    intent: 'classifiedBy',
    always: -1.569,
    scale: 0.04298,
    weights:
      'GTEE7SLuPQfw+tsA8ioEBxMsFRAuK/EQ6wQg/AP38NIV6w/Z8kXd6PS+Lg3v8fruzO7yEcAXBe4E/9QB8wQYxAcJ7L75EPMF5dDDBP0jKRwjIeIqHApOxgAqCf4a0gjV6g3A4fXqqgsVMBH45rZYARXy7yLz5Qgj9/MiAzUJ+CUA3RPeFQLc2ccOAM24VvgwI/TL2zP66t3X1BQMvijjDQTiJC3q/P8Y3wDqGg0p7gAs/tb/Gv8Y7Rsj3g/8+hU9CcPh0Rj4Ayn3RyEh8vj/9/gSCRC60Tj+GRQmDOUd1vnW7PTvGEfwgfAl4vTR8fob4AYNSD0ZCeIDE9dQESwI3gQEyr4M9Pwd7xz+H8oMAfzvCe7mCEEeBfcYABgWMRLtD6kJ/O8UFO/NQdwFBf782Czg7h7gESj0V+QEB+UP9csC3gtFHuUNxuDw8/fsJArU7RXqBTgE8vwcIw3suhH6IOkl3jHpCegF1OXfBBvoJhHPBPLwH/MrDA809Dr6Ifwf',
  },
  {
    intent: 'declassifyOn',
    always: -1.457,
    scale: 0.03437,
    weights:
      'ABJO6+MI+Nsm/CUq7fjvCvgBEewpJswD3RDY5uz/88Xc6xzQ7vDxItUr+N0DI8PR4uH14C0Ruff86rDZCN8Y79j3Jt43sRUg7gsYNQXwUOgXF0D03ANi8Nf92zUfxrlB9Tb1A/Pz68YqYesow6TZGDIHBUgL/uA4IR4JHNA4/A3JztYBLw/6IM4kJYqB8jxD7vAcBf/L/h8071OvAAb+Kc8i3OzSJDgKOAUQCTbP/e8FRUbW1uv/9wgbMxtIGQTJDw0w5OXl7iL7yAnlIgJZAivx/sjkphdp5eYE/wsbNBM0vgcUIAzORr85FdkdDgJSFAQGG+ogxiAI1bX89SQN0sYD6coO7RUYLgfP3gf+Ud3+NClUBRDjBDI4/wQUs/TN5dXgCr7JG9yq0v7rDPcBEAMQHeEGBBXfAx3uAeYh9bMEFxMPAf0l5LzzVBPPKv9evvgaNxP3IQ3g6Qc88uMLIfLs2PMKKP8L4QEVOtjeD8vY8Qfe+QfwWiM0qi/g7PgH',
  },
  {
    intent: 'infoRecipients',
    always: -2.492,
    scale: 0.03248,
    weights:
      'yOUuQPbUD1PrHi++JfP1DjK5FPGuvCgjRv4E5wIuKjZR0QHTVGQsC60NBwsdCe8hMiLf3PShPw/q4kbqxf8Y5QsLH70lgQohNBIpEfwf2y3g4D0m5tkWNkTFxdYq2+S0DylFRC83Uk5UuC4v2ubl/vrpFQM9TRTx+dl7I6sKwqAVeSge+T4EEUGBDPlAHiIY90kNV0U09+Ay4e/nQQ7v2kRWwUsQ//gT4EH5/KcMFOURCxP0oxcVtxQiy5a8B//xDRrmL+ze5fboM6QUj8m9zEC3PMIAGpnsIi4bIe0YBPLU9fLUBRNS+Tv+BOTd8A1O3Bf2PfLfNDjkEB/XJL9U/bq64OX4Htto8MnaJxbtKbiV6/a0yNTtO7z1NNjK5RfJzrDg8fzjyN5quhUOICAA+N/uTeQdH7T7Bia6GRgdEL3sFQ89SCLoJ0VpLubd+Xj/0NkpxhIBNqsD5ucEL6wDE8sPWx4F7RXijNgJBAbX+eDz3bzb4ui6ylDCLfHWDPb7',
  },
  {
    intent: 'list',
    always: 1.348,
    scale: 0.07444,
    weights:
      '0xEFDRkg4b0bAOAA7TH+FRznvfrxLfAZ9xgdNBMI69zyOywV7TTz+yb/29f34gbrH+r2T0TX5d/xAfYgCxtAIhDzFCvrARIP4wf+yeqxy+Xi9BjfCwviAKxJGQ4rUesq8uhDQhb+H/TYJ/7mLTX9+gfzyfMxtuc5zgf+Dw7g+gn8F/AiBuPdBb389+YKqRuB/u4aCfK48i0FHh/uQLEXBtH8PPkmvfw9KAntAtvyGcsDy/0N+PX4+SflAQoHwgrP7Qcn7Rq29wbi5UvuJzm90BIF6OsECir7Djij9R7i8gYH8Cop3BXvFfLJEfcEFt7pLtbmzwshICjOOuBIDNkO0wX3PwchA0PE3v0PzAi5/goOyOYD8dKzEADv/dgRN9sr+E4QFhkeyyQn6w0gFe3z5+jd5yMp0dYRHyoq6Rv8+hoFEBL0CwrcCsr2HfYn6TNC6t0f9/ElDv0C+fHOEw4G1NwHCAzd5xoQ+/QPH9kx4swp8d5MC/8AF+QvIwMf7C/w',
  },
  {
    intent: 'origin',
    always: -0.488,
    scale: 0.04081,
    weights:
      'LNb91g3R3wTbBQmtBxLA1t/eDxIY6d7+Df/gKQjy/v0y3tUESLr6EiK4/VBcIwPXsTL83fn450seFPQHD+jOFzQc8Mbdn/Ms++r8RDQC6ArrIdwB6b3sNxDn5yf9CeUBKAzY3x4HDwEE8PAwFcgCD9IVvbMXDhEE5CbDINPOzPpF9kAP+QEXMugaCSAFJ7Ua3q8V1scj7fPG+hUlujwF9eSvI+nvqgXlI/sR6Bgy7vEL30HqTP0QHxPEAUPb9SNOS+MJ/vQrRwNCB8fo5AU/7r0wGBUUJvoGEfxADwgCre03/Qn8MQ0CRCst8gA4/fj9BzwV+t//2f3/4BIV+w3uOPno4X/u/Af4+Af/Me7c4/EoKsYXGN0d0Rnk2P7hKRX7TfgwFygp6wYQzSYQASkqLgcCIPIH+xs3zsnb7/i86jS59esPugQzGNTY75cYMgG/Lu/VBf7UFckONSI4wO788iQJ3uoC7eOPKgTzDD3j9xcON+jFJ/cnC8Du3QjqHekS',
  },
  {
    intent: 'paragraph',
    always: 20.896,
    scale: 0.10261,
    weights:
      'Gy8L7ggtBgr50P4LNP8B4+f23yLO7gjnAAPdDQLoJQvN4dgRCPko+PUOJhgX8RcDA+Ag5hLqLhkA7gfw3i8e8eD+/AoHIe7vPtnaCiQCIAQ44xQFDxbs5+75MPS75i/v+QLegScVBusGAc/1BFMmAtz22w/V5d/PNRDw+vj78gro+6/yH9oO5eMA/h0EKyTmFuUEBekZDPnz4u8S8t329fYgE/v1YxDjGw73BQz59hP1Fu3+9/kHIPwgHfT8JvQdBgDk+t/4EPfN/PYKCekBHPXvEh7x7gMBKLgV/vosBX7i9/khCejz3QvyCR0n+cH1IAkN0/7s4/4WyOW5FfgM+CAdIeSsKv0eHA0oDi4KLCr4CjQZEvkI8Azk8Qf38u8g4Bb95e3bNxD7Ndj+8goBFwYeBgHHDxfNyQ7U7xosBVUk/O/e6c0jDewB6gH3DPr6PAXg//TYyxvXK/sGDRIXBB/1C/zcK/gHFyX/q80E6x/x/RITyAUHAx0AASkR2/Hv',
  },
  {
    intent: 'posts',
    always: -1.36,
    scale: 0.06033,
    weights:
      'DxkR8NbbwQ0jEsEk4B1R3O8C3ezK6THH7xQP+SgNAyPnBSce/uvI6Q7dF+Qa1AgX1zlo6drNGKLXJAQK8/LfABTfCA/G9zYN1hEZAxQW4eMt6/YsKvXyGfX++AoQFRHf6iwEK/0EAR/a7h/TQev2rNYXzswc3fYY2uYl9hozF/IwDiTu3y0rIkn/KDQe/O/k0SPlA+D27RzeFvkZ7Ne+CD/0ChID/vzaERzyHAXf7hvQDvH7tgUK2fmwFgvP0TLI4iA4LTP6A/vXzvHu9BkUE/ILMB/4H97f2f03IRatKcvzCeIZAvBH5VTa3wMQKt3M7R8KNPHoGwXkQm7qDvG5EP39N1POC0HkG+70JN0VEfuxHfU3v8wh5hPjDkvX+EL30hkoCAXuK+7H9/sC1OoICwIe8dkm9PwgGxAJH/TcKUvcMO9U+Pq9Kh4j++gcBQy6NvHMAAUT1sP+F/GB8ELgxA7zG+UaCtQO8gAOEBcL8gAQRvEC3eIiAKQxYx7h5ez5',
  },
  {
    intent: 'recipients',
    always: -0.747,
    scale: 0.04139,
    weights:
      'C9wZNtnyDD/nLQnrDuMw+eEH+/L3Liwt9xcO+Okm2xkS2hYgTtcN3jZM5dIB9xAn+QEAN/8jEAnW6/ktCB6hDAEADAf1SAXu+uUv/AZsGPAOChclEzIADj7gCFf35Bz5yqvvBv354CfaC9vc9gEY6OXZJyLVUfvK5O3jIBoM9zMb8gUh8Ab0/jXngQcPEgP0PRvR/gYJJ/4RJusfEBkR2d8k3PHPLyUx6AcS+gwDzUz5H8b9DPtA+/AVBQ/x+OJB3+vk+jHd2RFqEbMo2Lzu8xwpvgFe6tj/5jU9GxHqE/jfGgmTFqbs9CIQ1jv5+PD0IODSFfEE7OdA+yys7f8N7tngwAY0I8/fRyLxHv5iFfkbxN70Fi4RJ/6q9Pj53ij7Ax4CDODvqrw4ADbo3bnO0hHt4CETC97NUO4MyxTdCDDvCR3HEB3w9zP11BzvCf0HzhjiOf3rMNIM7toWDf0e8dL2zREl4+D8uwgFGy/aJxMo7wkR/OPaq/+dELjWKvH0',
  },
  {
    intent: 'references',
    always: -2.788,
    scale: 0.03645,
    weights:
      '1OLv/DIHRuX/7hz5wOXPCgzlHvs3+M0vGN5RIv76BwXwCQj+7u0SRuvoHEO67ika0dnyEBMwxv4KUBMAGe8P+u4cECAUJtWhzQP/uLDuAA388vTo6SwX7zX30Oz5RusWNxVMP7D1MzTz8AwHDibe2wl1DP3zHAKr3ePOxwPR9/YFS9ULzf8G3wnLUykOvdI75hkP4issOBgbO//W6vZGFhUOox0Czr7l2soV0hjc/8vQ7AdhB/S5HgMrxOrwSu7c80HeMNxK17s1LfUKCRWzJwTZvSoQ+BvyzS4dzj0j8KLsFtAKEjkIE8zGCv0F6zrv8hgSuSv/I9oa07YSyhMpI2/7Id8fIx0ZGAJk8936gQ8quQq/GFw7ALALN/kt9/wb/yTHzUsaEPYn2i3b4Q4V6s/vC0kGJBYpz7z15ZMXFZwOxa3nMgnJNADcAhn9AeJm2EkUxg4pW1RQx/HoEiHmCjPg88Px8/wZOucLCSf/6wkJ+fgU8iSpvewGnCUkBwYC',
  },
  {
    intent: 'sent',
    always: -2.74,
    scale: 0.03174,
    weights:
      'wxwcCOvI3AKzNnYsFRbzHQTiLc8DDe71EB76A/MMBPMJ5griIgLdH/MW593jBskGRULH+1E13ydAFwLv7bnnLvzC4vQ42b0m7fsf++TaAgUDCCAkJPIA1bURzQepJCcFO/nnEuYeywuzsC8Fre/MOSTqKUL9LS0vOxIT4wnTVCjkyVQ/C9QDB+vb6OsNsgU8MfTy/kDroLIc6BAbDkII3tLqGb0r6DM2NA8oFlHVSQBn8hQGPOkgQQr8Kxoo/EfQHBXg5cpNITIjoCXK//j98+ztBL1DIzQvzPPRBrvROwkjH/wSBv+veuYdGOaL+CUI9MG347v/u9QD8ibvzRTN6N3r4wYep8TF0UIV/CFKwtMENdAVPgHZ7ypR0hQR4wn8PADQzTT/vvTmDdcCOD32Juwz/xS4ASUH3/bXzejl57MN/PvS0eFIK+cFAgYbAQPvBcP5/zzhDeogCy1/89YD/fb5+dJR3OTRIiQdLgbr6/AC8y77NusWBAnQA+H0Cdvt',
  },
  {
    intent: 'signed',
    always: -1.056,
    scale: 0.03432,
    weights:
      'IMwA/NAFF+gY4g+7yu4L/BZ/MPrnEN7oChQEv80PEA0UCia63RfquukdA+DuJRHPESud+fM40TMaHCsMVBfm79ntEfzwEwyQ2wAw4Bnm7O/WA/4BlhUb3SQl2Noj3ucBwfexDNUaBwNAEh4s2+nVYAcPODHOTfKvLxMEWRgeXRPZABPV/P8X6vFHAAwF+r1R6/jkzBIc4PfW7AMaABwbGsvoRcm7ua7w2gImyeH6Lvo83v/eDU+3z6Mh/L/5VjklJcPL09s7FAENQ+fxKBIbRO/fZiTULfDcHSL8DeUzzCfy+13TA8hMPdsfDuQY+wES9EYf+gMREte2/HIg+ffd9wkE6/b5Us0I0xnuCDDfATA7HgD/6RMJFhExH8/f9CXpDtn4NtcA+9m9HfPipuQu7QMsvtItFRX6B+xNVjfLCdo3qPfs+hoO1woLyyv69gyo9vL/2c/p8iFnugkz9Mzg9O4x/fvq+xtFLC/m6v8AZSUXFvfgIwXtzvgR5qI34+Ym',
  },
  {
    intent: 'subject',
    always: -2.143,
    scale: 0.03599,
    weights:
      'P+zK2QL+X8/2SyTyK6klSwUBHDo06NEB7rI4ARoPsv4g+tAt3AA1IQTk/eniO+BIQOi8z9n9JiIY2wHPEIQMGPv+xTtW/egILT31H9lEERyyD8jUHtfz6AjUBiISpu0oGQckHS8EHK0BD+nMJhj+GBwIDPQdAvTSQuTF8wPjMtkG4lwZBtXF7fsV4e/1zq3i6R76CAAgI99lG8gJCSr0DBzL8t8OEs8KyfLjJbszMCkx6Bf7VvgCGuoX3f4x2IFa8vXhGQQbK/QtGvojKtoz9dMc/AQHHPbpGPXXs+AqOqxD6/nxKBXJ8+5JAQTv/SIl2pneL/DlDxM058BACjMDGtzX2SEfqvPv1ckRtNr6188C4frGETIw6foB1wJWLOgXJhf1FPUZuDwoGANnKiTrzeHb9vDjtdQZ8gBF9/30J7nuEv75EOM58CnVMw0Ay6fv8RU35Bf2000e5gsZ38/JRA3z/kJM//XYBy/v9QZVMwPdywWzHSDhOSgh1pf2OTDT',
  },
  {
    intent: 'tags',
    always: -2.164,
    scale: 0.0295,
    weights:
      '3Mi+52AS4fT8+7kfM+YWC/xVFets7d4KzA3u7B38EhIiVOQj4/oJJiv4sAQCSdTm0wsj0LYwGNDqxPrU1gggMSMD4DitdOMePDj0HtHO3f3T3rLP78kDHxT2/txYChkeCwzoJaD5ObAY4gP3DdzZDgOpQq+nIzxS0/TL4CBM3/QpD+n4vxP49Uco1OLsCRwEAB4lHdrcEzDa4949Hh4NKvcNvRP3piTlwb/T/jIZvAfsB8IO9Cz49AHW3goF3vTDBfAbOR7e3ekxIhk4ZJ776eYS6/0cCyDzsvMP99DM77dFIwPF0vnmLT0mutyv7iTyzBv8L/r3/jUTDSsJ7wj+OiV/yMsQ4c8Jsb7SFhkL39j7NQkeCPjzEdkI9fmoSdoFGfsx7vr4Oh7zBEbCWjnxC0f5Dewx5g8YAB9sNBU+59cJGSvz/B/r8u766RLZxuUWFkc4AdA87hqh6g/0ewgqRzgTC9f4AFIYStjgvNof//3/vAew/AkSYiq3Fj3R5xrp',
  },
] as const;

/** The model whose vectors they are for. */
export const INTENT_MODEL = 'bge-small-en-v1.5-cables';
