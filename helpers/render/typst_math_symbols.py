"""LaTeX command names and what Typst shows for them: plain data for typst_math.

Characters stand for themselves, so no name of a Typst symbol (they change between versions) is used.
"""

_GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
        "omicron pi "
        "varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega "
        "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(),
        "αβγδϵεζηθϑικλμνξοπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        strict=True,
    )
)
_OPERATORS = dict(
    zip(
        "sum prod coprod int iint iiint oint bigcup bigcap bigoplus bigotimes bigvee bigwedge".split(),
        "∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀",
        strict=True,
    )
)
_RELATIONS = dict(
    zip(
        "le leq ge geq ne neq ll gg equiv sim simeq approx cong propto in notin ni subset supset "
        "subseteq supseteq "
        "mid parallel perp prec succ preceq succeq models vdash doteq asymp leqslant geqslant lesssim "
        "gtrsim "
        "to rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow mapsto longrightarrow "
        "longleftarrow Longrightarrow implies iff uparrow downarrow updownarrow nearrow searrow "
        "hookrightarrow "
        "rightharpoonup rightleftharpoons gets".split(),
        "≤≤≥≥≠≠≪≫≡∼≃≈≅∝∈∉∋⊂⊃⊆⊇∣∥⟂≺≻⪯⪰⊨⊢≐≍⩽⩾≲≳→→←⇒⇐↔⇔↦⟶⟵⟹⟹⟺↑↓↕↗↘↪⇀⇌←",
        strict=True,
    )
)
_BINARY = dict(
    zip(
        "pm mp times div cdot ast star circ bullet oplus ominus otimes odot cup cap setminus wedge "
        "vee land lor "
        "sqcup sqcap uplus dagger amalg".split(),
        "±∓×÷⋅∗⋆∘∙⊕⊖⊗⊙∪∩∖∧∨∧∨⊔⊓⊎†⨿",
        strict=True,
    )
)
_ORDINARY = dict(
    zip(
        "infty partial nabla forall exists nexists emptyset varnothing ell hbar Re Im aleph angle "
        "triangle square "
        "neg lnot top bot prime ldots dots cdots vdots ddots dotsc dotsb degree checkmark colon "
        "therefore because "
        "clubsuit diamondsuit heartsuit spadesuit imath jmath wp".split(),
        "∞∂∇∀∃∄∅∅ℓℏℜℑℵ∠△□¬¬⊤⊥′…⋯⋯⋮⋱…⋯°✓:∴∵♣♢♡♠ıȷ℘",
        strict=True,
    )
) | {"dots": "…", "ldots": "…"}
_ESCAPED = {name: name for name in "$%&#_{}"}

_MORE = dict(
    zip(
        "triangleq coloneqq nmid subsetneq supsetneq rightsquigarrow leadsto Vdash bowtie blacksquare Box S P dag ddag "
        "ddagger copyright pounds euro triangleleft triangleright Longleftrightarrow Longleftarrow Uparrow Downarrow "
        "longmapsto leftharpoonup complement ltimes rtimes smile frown lozenge Diamond bigstar langle rangle "
        "lfloor rfloor lceil rceil backslash lVert rVert Vert lvert rvert vert digamma beth eth iiiint bigodot bigsqcup".split(),
        "≜≔∤⊊⊋⇝⇝⊩⋈■□§¶†‡‡©£€◁▷⟺⟸⇑⇓⟼↼∁⋉⋊⌣⌢◊◇★⟨⟩⌊⌋⌈⌉\\‖‖‖||| ϝℶð⨌⨀⨆".replace(" ", ""),
        strict=True,
    )
)
ARROWS = {"xrightarrow": "→", "xleftarrow": "←", "xRightarrow": "⇒", "xleftrightarrow": "↔", "xmapsto": "↦"}
NEGATED = {"=": "≠", "\\in": "∉", "\\subset": "⊄", "\\equiv": "≢", "<": "≮", ">": "≯", "\\exists": "∄"}

SYMBOLS = _MORE | _GREEK | _OPERATORS | _RELATIONS | _BINARY | _ORDINARY | _ESCAPED

DELIMITERS = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", "<": "⟨", ">": "⟩",
    r"\{": "{", r"\}": "}", r"\lbrace": "{", r"\rbrace": "}", r"\lbrack": "[", r"\rbrack": "]",
    r"\langle": "⟨", r"\rangle": "⟩", r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉",
    r"\|": "‖", r"\Vert": "‖", r"\lVert": "‖", r"\rVert": "‖", r"\vert": "|", r"\lvert": "|",
    r"\rvert": "|",
    r"\uparrow": "↑", r"\downarrow": "↓", r"\backslash": "\\", ".": "",
}  # fmt: skip

FUNCTIONS = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh".split()
)
LIMIT_FUNCTIONS = frozenset("det gcd inf lim liminf limsup max min Pr sup argmax argmin".split())

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "vec": "\u20d7", "overrightarrow": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db",
    "acute": "\u0301", "grave": "\u0300", "breve": "\u0306", "check": "\u030c", "mathring": "\u030a",
}  # fmt: skip

STYLES = {
    "mathbb": "bb", "mathbf": "nbbold", "boldsymbol": "bold", "bm": "bold", "mathcal": "cal",
    "mathscr": "cal",
    "mathfrak": "frak", "mathrm": "upright", "mathsf": "sans", "mathtt": "mono", "mathit": "italic",
    "mathnormal": "italic", "overline": "overline", "underline": "underline", "cancel": "cancel",
    "displaystyle": "display", "boxed": "nbboxed",
}  # fmt: skip

SPACES = {
    ",": "0.167em", ":": "0.222em", ">": "0.222em", ";": "0.278em", "!": "-0.167em", " ": "0.25em",
    "quad": "1em", "qquad": "2em", "thinspace": "0.167em", "medspace": "0.222em", "thickspace": "0.278em",
    "enspace": "0.5em",
}  # fmt: skip

# Commands that say only how large or where something is set: nothing is lost without them.
IGNORED = frozenset(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag big Big bigg Bigg "
    "bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle left. right. allowbreak relax".split()
)

MATRICES = {
    "matrix": "", "smallmatrix": "", "array": "", "pmatrix": "(", "bmatrix": "[", "Bmatrix": "{",
    "vmatrix": "|",
    "Vmatrix": "‖",
}  # fmt: skip
ALIGNED = frozenset(
    "align align* aligned alignat alignat* split gather gather* gathered eqnarray eqnarray* multline multline*".split()
)
PLAIN = frozenset(("equation", "equation*", "math", "displaymath"))
