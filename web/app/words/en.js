// SPDX-License-Identifier: Apache-2.0

// The words of a meeting's code, eleven bits each. Chosen for Vigil from Debian's package scowl (the word lists of sizes
// 10 to 50): common, inoffensive, three to eight letters, told apart by their first four, and no two that differ in one
// letter or sound alike by a rough rule. The order is part of the code: a change makes words differ between versions.

export const words = `
abacus abbot ability aboard abound absorb academy accent accident acclaim accustom achieve acid acorn acoustic acre
acrobat acrylic action actor actress actual addition address adjust admit adobe adopt adult advance advent advise
advocate aerial aerosol afford afloat afraid agency agile aide aim airborne aircraft airfield airline airmail airplane
airstrip alarm albino album alcove alder algae algebra align alike alkali allergy alliance almanac almond alphabet
alpine altitude alto amaze amber ambient amethyst amplify amulet anagram analysis anatomy ancestor anchor ancient
android angel angular animal anklet annex announce annual anorak another answer antenna anthem antique antler antonym
anvil anxious anyway apex aplomb apology apparent appendix apple approval apricot apron aquarium aqueduct arbor arcade
arch arena arise armchair army aroma arrive arrow arsenal artery artful artist artwork ash asleep aspen asphalt
aspirin asset asteroid astound athlete atlas atom atrium attempt attic auburn audience augment author automate autumn
aviator avocado away awesome awning axes azalea azure baby bachelor backbone bacon bacteria bagel baggage bakery
balcony ballet balm bamboo banana bandage banister banjo banquet banter baptism barbecue bargain barley barn baroque
barrel basement bashful basil basket bathtub battery beach bead beauty beaver become bedroom bedside bedtime beehive
beeswax beetle beguile bell beloved benefit beret berry beware beyond bicker bicycle binary bingo biology biplane
birch bird birthday bison black blade blanket bleat blend blink blister blizzard blog blossom blouse blown blubber
bluebell bluff blunder boat bobbin bobcat bobsled body bolster bombard bone bonfire bonnet bonus book boost botany
bottom boulder boundary boutique box boyhood bracket braid brandy brave breathe breeze brevity brewery brick bridge
brief bright bristle broaden broccoli broken bronze broom brownie brunch bubble bucket budget buffalo buggy bugle
build bulb bulletin bumpy bundle bungalow bunk bunny buoy burlap burst bush business bustle butler button buzz bygone
cabaret cabbage cabin cable caboose cactus cadet caffeine cake calculus calendar calf calico calorie camel camp canal
candy cannery canoe canteen canvas canyon capital capsule captain caramel carbon card cargo caribou carnival carol
carpet carrot cascade cashew casino cassette castle casual catapult catchy category catfish catnap catwalk causeway
cavalry cedar ceiling celery cello cement census century ceramic certify chair chalk chamber chance chapel chart
chassis chatty checkup cheek chef chemical cherry chess chicken chili chimney china chipmunk chirp chisel chop chorus
chowder chrome chubby chuckle chunk cinder cinema cinnamon circus citizen citrus city civilize clam clarity classify
clean clever cliff climate clinic clip cloak cloister close cloud club clumsy clutch coach coast cobalt cobra cobweb
cocoa coexist coffee coincide collar colon column comb comet comfort comic command compass comrade concert conduct
confer congeal conical conjure connote conquer consent context convex cookbook copy cordial cork cornea corpus corsage
cortex cosmos cotton cougar country couple court cousin covert cowboy cowgirl cowhide crab crack cradle crafty cranky
crate crayfish crazy cream credo creed crest crevice cricket crimson crinkle crisp critical crocus cross crown crumble
crunchy cryptic crystal cube cubic cucumber cuddle cuff cultural cup curator curb curfew currency cursor curtain curve
cushion custom cutback cutlet cycle cylinder cymbal cypress daffodil dagger dainty daisy dance dapper darken darling
dart database daughter dawdle dawn day debate debris decimal deck decode deer defrost delivery delta deluxe denim
dentist depart depot deputy descent deserve design desktop destiny detector devalue diagram dial diamond diesel
dietary diffuse digital dignity dilemma dimple dinghy dinosaur diocese dip director disco dish displace distinct
divine doctor document dodo dog doily dolphin domain dome domino donation donkey doorman doughnut dozen dragon drama
drapery draw dress drill drink driveway drizzle drone drum duchess duckling dumpling durable dust duvet dynamic eagle
eardrum earmark earshot earth easel eastern easy ebony echo eclipse ecology economy ecstasy edgy edible editor
eggplant egotist eighth eject elastic elbow election elegy element elephant elevator elite elk elusive embassy emblem
embody embryo emerald emotion empathy emperor emphasis empire employee enchant encore endorse energy engine enigma
enjoy enlarge entirety entrance envelope envy enzyme epaulet epic episode epsilon equality equip escape essence estate
eternity ethic eureka evaluate eventual everyday evidence evolve example expert explore eyebrow eyelid fabric facility
factory faculty faithful falcon family famous fancy fanfare fantasy faraway farewell fashion feast feather federal
feedback feel feline fence fern ferret festival fiddle fidgety field fiesta fig filly filter finalize finch finesse
finger finicky fire fishy fixture fizzle flag flame flannel flash flatten fleck fleece flex flint floor floppy flora
flow fluency fluffy fluid flute flyover foam focus foggy foghorn foliage foot ford forever formula fortune forum
fossil foster fountain fractal frank freckle freedom frenzy fresh friction friend frigate fringe frog frolic frontal
frost frothy frozen frugal fruit fry fudge fulcrum fungus funnel furlong furnace further fuzzy gadget galaxy gallon
galore gambit gamma gander gap garage garden gargle garlic garment garnet garter gasoline gate gather gazelle gecko
gelatin gem gene genius gentle genuine geology geometry gerbil gesture getaway geyser giggle gingham giraffe girdle
give glacier glad glamour glance glare glass gleam glen glimpse globe gloomy glory glossy glucose glue goal goatee
gobble goblet gold gondola goodbye goose gopher gorge gorilla gosling goulash gourmet governor gradual graffiti
grammar granite grape grasp grateful gravy grease green gremlin grid grille grocer grove grow guard guide guinea
guitar gulch gumdrop guru gymnast gyrate habit haddock haircut halfway halibut hammock hamper hamster handle hang
happen hardware harmless harp harvest hasten hat hawk hazel headline health heap heart heaven hedge helium helmet
helpful hen herald herb heritage heron hexagon hickory highway hill hinge history hockey holdup holiday hollow homage
homonym honey honk honorary hood hopeful horizon horn hosiery hospital host hotel hour house hub human hummus hurdle
hurrah husband husky hybrid hydrogen hygiene iceberg icicle icon ideal identify ideology idiom igloo ignite iguana
image imitate impetus import impress incline income increase indigo industry infant infinity inflate informal inhale
inherent initial ink inlet innocent input inquiry insect inside inspire instance insulin interval intimate invalid
inventor invite invoice island isolate italic itemize iterate ivory ivy jackal jade jaguar jalopy jar jasmine javelin
jawbone jelly jersey jet jewel jigsaw job joint joke jolt journal jovial joyful jubilee judo jug juice jumbo jump
junction jungle juniper junket juror jury justice kangaroo keg kelp kernel ketchup kettle keyboard keyhole khaki
kidney kiln kimono kind kingdom kinship kiosk kipper kitchen kite kiwi kneel knot knuckle koala label lace lacquer
ladle lady lagoon lamb land language lantern larceny large laser lasso latch laugh laundry laurel lava lavender lavish
lawful leaf leaky learn lecture legal legend lemon length lens lentil leopard level levity lexical liberty library
lichen lid lifetime lift light lilac lily limit linen lion liquid listen literal little liturgy lizard llama lobby
lobster local locket locust lodge logic logo long loop lore lorry lotion lottery lotus lounge loyalty lozenge lucid
luck luggage lullaby lumber lunar lunch lupine luxury lyric machine magazine magenta magic magnet magpie maid mailbox
maintain majesty majority makeup mallard mammoth manage mandate mango mansion mantle maple marble margin marina market
maroon marquee marry marsh marvel mascot mason mast matador material math maximize maybe mayor meadow measure mechanic
medium medley melon memento memory mental menu mercury merge mermaid message metro microbe midnight migrate mileage
milk mime mimicry mindful mineral minimum mint minute miracle mirror missile misty mitten mix mobile model modular
mohair moisten molecule mollusk momentum monitor monster month moon mop moss motivate motor motto move muffin mulberry
mule multi mural museum mushroom music mustard mystic mythical name napkin narrate national nature navy nearby nebulae
necklace nectar needle nephew nest network neutral new niche nickel nimble ninth nod nomadic nominate nonstop northern
nose nostril notation notify nougat noun nourish novel novice nozzle numeral nurse nurture nutmeg nylon oak oasis
oatmeal obelisk oblong oboe observe obtain obvious occasion occur ocean octave octopus ocular offbeat office offset
ogre ohm olden olive omega ominous onion onward opal opera opinion opossum optic opus oracle orange orator orbit
orchid ordain order ordinary organ orient origin orthodox osmosis ostrich otter ounce outcome outdoor outfit outgrow
outline output outward ovation oven overcome oxide oyster pacify packet paddle padlock page pagoda paint pajamas
palace pancake panda panel pansy panther paprika papyrus parade parcel parent park parody parsley party passive pasta
pathway patio patron pattern pavement payment payroll peacock peanut pear pebble peek pelican pencil pendant penguin
people percent perfume periodic personal petal petunia pewter pharmacy phase phoenix phone photo physic piano piccolo
pickle picnic picture pigeon pigment pigtail pilgrim pillow pilot pine pioneer pipeline piranha piston pitch pixel
pixie pizza placard plaid plank plaque plaster plate play plaza please pledge plenty pliers plum plunge poem poetic
pokey polish polka pollen polygon poncho pond pontoon pool popcorn poplar poppy populate porch porous portrait
positive possible postcard potato pothole poultry pout powder powerful prairie prattle prefix prelude premium prepare
present pretzel prevail primary prince priority prism private prize problem process product progress promise pronoun
property prospect protect proven prune publish pudding pueblo puffy pulp pulse puma pumice pumpkin puppet purchase
puree purity purple pursuit puzzle pyramid python quail quantum quarry question quicken quilt quince quirky quiver
quiz rabbit raccoon radar radio raft ragtime railway rainbow raisin ramble ranch rarity ratify raven razor reaction
realize rebirth rebound receipt recipe record recruit rectify recycle redirect redraft reduce reef reelect referee
refill reflex reformat refresh refuge regalia regent register rehearse reindeer relation relevant relief remark remedy
removal rename renew repair repeat rephrase replace repose reprint reptile request resale reset reside resort response
restore resume retail rethink retina return reunion revenue revive reward rewrote rhino rhubarb rhythm rice rickety
ring ripple rival river road robe robin robust rock rodent romance rookie roomy rosary rostrum rosy rotate rotunda
round routine royal rubbish rubric ruby rucksack ruffle rumple rusty rye safari safe saffron saga salad salmon salt
salute sandal sardine satchel satin sauna savvy scallop scarf scenery scheme school science scoop scorch scout scratch
screen scribe scroll sculptor seal search seaside seaweed second secret sector security sedan seesaw segment select
selfish seminar send senior sensible sentient separate sequel serious service sesame session seventh shadow shallow
shampoo shanty share shawl sheath sheet sheikh shelf shepherd sherbet shield shine ship shirt shiver shoe shorten
shovel shrimp shuffle shuttle sierra sign silent silicon silken silver similar simplify simulate sincere singular
siphon siren skein sketch ski skunk sled sleeve slick slogan slope sloth sluice smart smile smoke snack snail snipe
snooker snore snow snug soap soccer society sodium sofa software solar soldier solemn solution solve sometime sonata
sonic soothe sort southern space spaniel sparrow spatial specific speech sphere sphinx spicy spider spigot spike spill
spinach spirit spit splash splendid splice spoken sponge spoon spotty spray spread spring sprout spruce spurt square
squid stable stadium stage stamp stance starfish statue steamy steer stem stereo sticky stomach stony stool stork
stove straw stream stride strong studio stylus suburb subway success suffix sugar suggest suite sulfur summit sundae
sunlight sunrise sunshine suntan superb suppose supreme surf surname surprise surround survival suspect sustain swan
swift swim swing switch sycamore symbolic symmetry symptom syndrome synonym syntax syrup tablet tackle taco tactic
tadpole tailor talent tall talon tangible tapestry tapir target tartan task tassel tasty tavern taxation taxi taxpayer
teacup teak teapot temple tendency tennis tension tent terminal terrace textbook thatch theme theology therein thimble
thistle thorough thousand thread thrill throw thunder tiara ticket tidbit tiger tilde timber tinkle tinny tinsel
tiptoe tissue today toggle toilet tolerate tomato tomorrow tonal tongue tonight tooth topaz torrent tortoise totem
toucan toupee tourist town toy tractor traffic train transmit trapeze travel treaty treble tree trellis trendy
triangle tricycle trilogy trip triumph trolley trombone tropical trout trowel truck trumpet trust truth tuba tuft
tulip tundra tunic turban tureen turkey turnip turret turtle tutorial tutu tuxedo tweet twig type typist ultimate
ultra umbrella uncle unicorn uniform unique unison unit universe unknown unlock unpack unusual upbeat update upgrade
uphill uphold upkeep uplift upstairs uptown upward urgency urn usher utensil utility vacation vacuum valet validity
valve vanilla variable varnish vase vault vehicle velour velvet veneer venison venture venue veranda verbatim verdict
verify verse viaduct vicar vicinity victory video view vigil village vinegar vintage vinyl viola virtue visible vista
visual vitamin vivid volcano voltage volume vouch voyage vulture wafer waffle wagon walnut walrus waltz wardrobe
warmth watery wave wax wealthy web weekend welcome welfare whale wharf wheat whiten widen width wigwam wildcat window
winter wisdom wolf wombat wonder woolen workload worm wreath wren yacht yellow yeti yoga yogurt young zebra zenith
zephyr zigzag zinc zodiac zoo zucchini
`.trim().split(/\s+/);
